//! What a shopper sends that buys something.

use serde_json::{Value, json};

/// Opens an empty cart.
pub const CART: &str =
    "mutation($input: CartCreateInput!) { cartCreate(input: $input) { cart { id } errors { message } } }";
/// Puts goods into it.
pub const LINES: &str = "mutation($input: CartLinesInput!) { cartLinesAdd(input: $input) { cart { id lines { quantity } } errors { message } } }";
/// Says who buys.
pub const BUYER: &str =
    "mutation($input: CartBuyerUpdateInput!) { cartBuyerUpdate(input: $input) { cart { id } errors { message } } }";
/// Says how it comes.
pub const DELIVERY: &str = "mutation($input: CartDeliverySelectInput!) { cartDeliverySelect(input: $input) { cart { id total { amount } } errors { message } } }";
/// Buys it.
pub const CHECKOUT: &str =
    "mutation($input: CheckoutCompleteInput!) { checkoutComplete(input: $input) { order { id } errors { message } } }";
/// Follows the order.
pub const FOLLOW: &str =
    "subscription($id: ID!) { orderStatusChanged(orderId: $id) { id status version lines { quantity } } }";

/// For [`LINES`]: one unit of each.
pub fn lines(cart: &str, variants: &[&str]) -> Value {
    let lines: Vec<Value> = variants.iter().map(|variant| json!({ "variantId": variant, "quantity": 1 })).collect();
    json!({ "cartId": cart, "lines": lines })
}

/// For [`BUYER`].
pub fn buyer(cart: &str) -> Value {
    let address = json!({ "name": "Ada", "line1": "Quay 1", "city": "Berlin", "postalCode": "10115", "country": "DE" });
    json!({ "cartId": cart, "email": "ada@bench.example.com", "shippingAddress": address })
}

/// For [`DELIVERY`].
pub fn delivery(cart: &str) -> Value {
    json!({ "cartId": cart, "delivery": "standard" })
}

/// For [`CHECKOUT`]: paid with a card that works. A cart is bought once, so its id is a key.
pub fn checkout(cart: &str) -> Value {
    json!({ "cartId": cart, "payment": { "provider": "sandbox", "token": "tok_success" }, "idempotencyKey": cart })
}

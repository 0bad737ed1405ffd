//! What a shopper sends who only wants to buy something.

use serde_json::{Value, json};

/// Opens a cart.
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

/// For [`CART`]: with one unit of the variant in it.
pub fn one(variant: impl Into<Value>) -> Value {
    json!({ "lines": [{ "variantId": variant.into(), "quantity": 1 }] })
}

/// For [`LINES`]: one unit of each.
pub fn lines(cart: &str, variants: &[&str]) -> Value {
    let lines: Vec<Value> = variants.iter().map(|variant| json!({ "variantId": variant, "quantity": 1 })).collect();
    json!({ "cartId": cart, "lines": lines })
}

/// For [`BUYER`].
pub fn buyer(cart: impl Into<Value>) -> Value {
    let address = json!({ "name": "Ada", "line1": "Quay 1", "city": "Berlin", "postalCode": "10115", "country": "DE" });
    json!({ "cartId": cart.into(), "email": "ada@shop.example.com", "shippingAddress": address })
}

/// For [`DELIVERY`].
pub fn delivery(cart: impl Into<Value>) -> Value {
    json!({ "cartId": cart.into(), "delivery": "standard" })
}

/// For [`CHECKOUT`]: paid with a card that works.
pub fn checkout(cart: impl Into<Value>, key: impl Into<Value>) -> Value {
    let payment = json!({ "provider": "sandbox", "token": "tok_success" });
    json!({ "cartId": cart.into(), "payment": payment, "idempotencyKey": key.into() })
}

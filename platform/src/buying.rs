//! What a client sends that only wants to buy something.

use serde_json::{Value, json};

pub(crate) const CART: &str =
    "mutation($input: CartCreateInput!) { cartCreate(input: $input) { cart { id } errors { message } } }";
pub(crate) const BUYER: &str =
    "mutation($input: CartBuyerUpdateInput!) { cartBuyerUpdate(input: $input) { cart { id } errors { message } } }";
pub(crate) const DELIVERY: &str = "mutation($input: CartDeliverySelectInput!) { cartDeliverySelect(input: $input) { cart { id } errors { message } } }";
pub(crate) const CHECKOUT: &str =
    "mutation($input: CheckoutCompleteInput!) { checkoutComplete(input: $input) { order { id } errors { message } } }";

/// One unit of the variant, for [`CART`].
pub(crate) fn one(variant: &Value) -> Value {
    json!({ "lines": [{ "variantId": variant, "quantity": 1 }] })
}

/// Who buys, for [`BUYER`].
pub(crate) fn buyer(cart: &Value) -> Value {
    let address = json!({ "name": "Ada", "line1": "Quay 1", "city": "Berlin", "postalCode": "10115", "country": "DE" });
    json!({ "cartId": cart, "email": "ada@example.org", "shippingAddress": address })
}

/// How it comes, for [`DELIVERY`].
pub(crate) fn delivery(cart: &Value) -> Value {
    json!({ "cartId": cart, "delivery": "standard" })
}

/// Paid with a card that works, for [`CHECKOUT`].
pub(crate) fn checkout(cart: &Value, key: &Value) -> Value {
    json!({ "cartId": cart, "payment": { "provider": "sandbox", "token": "tok_success" }, "idempotencyKey": key })
}

use kernel::Actor;
use serde_json::json;
use sqlx::PgPool;

use crate::desk::{Desk, LAMP, MUG};

const GUEST: Actor = Actor::Anonymous;

#[sqlx::test(migrations = false)]
async fn every_part_of_the_graph_is_described(pool: PgPool) {
    let desk = Desk::open(pool).await;
    assert_eq!(testkit::undescribed(&desk.api).await, Vec::<String>::new());
}

#[sqlx::test(migrations = false)]
async fn a_cart_adds_up_sets_and_removes_lines(pool: PgPool) {
    let desk = Desk::open(pool).await;
    let id = desk.cart(&GUEST, &[(LAMP, 1)]).await;
    let lines = json!([{ "variantId": LAMP.to_string() }, { "variantId": MUG.to_string(), "quantity": 2 }]);
    let after = desk.change(&GUEST, "cartLinesAdd", "CartLinesInput", json!({ "cartId": id, "lines": lines })).await;
    // 2 × 40.00 + 2 × 9.50; delivery is free from 50.00 on.
    assert_eq!(after["cart"]["total"]["amount"], "99.00", "{after}");
    let lines = json!([{ "variantId": LAMP.to_string(), "quantity": 1 }]);
    let after = desk.change(&GUEST, "cartLinesUpdate", "CartLinesInput", json!({ "cartId": id, "lines": lines })).await;
    assert_eq!(after["cart"]["total"]["amount"], "59.00", "{after}");
    let out = json!({ "cartId": id, "variantIds": [LAMP.to_string()] });
    let after = desk.change(&GUEST, "cartLinesRemove", "CartLinesRemoveInput", out).await;
    // 2 × 9.50 + 4.90 delivery.
    assert_eq!(after["cart"]["total"]["amount"], "23.90", "{after}");
    assert_eq!(after["cart"]["lines"].as_array().unwrap().len(), 1);
}

#[sqlx::test(migrations = false)]
async fn what_cannot_be_in_a_cart_is_a_typed_error_and_changes_nothing(pool: PgPool) {
    let desk = Desk::open(pool).await;
    let id = desk.cart(&GUEST, &[(MUG, 1)]).await;
    let unknown = "00000000-0000-0000-0000-00000000ffff";
    let cases = [
        (LAMP.to_string(), 6, "InsufficientStock"),
        (unknown.to_owned(), 1, "NotForSale"),
        (LAMP.to_string(), 0, "InvalidInput"),
        (LAMP.to_string(), 1000, "InvalidInput"),
        ("nonsense".to_owned(), 1, "InvalidInput"),
    ];
    for (variant, quantity, error) in cases {
        // The good line beside the bad one is not taken either.
        let lines = json!([{ "variantId": MUG.to_string() }, { "variantId": variant, "quantity": quantity }]);
        let after =
            desk.change(&GUEST, "cartLinesAdd", "CartLinesInput", json!({ "cartId": id, "lines": lines })).await;
        assert_eq!(after["errors"][0]["__typename"], error, "{after}");
        let cart =
            desk.ask(&GUEST, "query($id: ID!) { cart(id: $id) { lines { quantity } } }", json!({ "id": id })).await;
        assert_eq!(cart["data"]["cart"]["lines"], json!([{ "quantity": 1 }]), "{cart}");
    }
    let bad = json!({ "cartId": id, "email": "nobody", "shippingAddress": { "name": "", "line1": "x", "city": "y", "country": "Germany" } });
    let after = desk.change(&GUEST, "cartBuyerUpdate", "CartBuyerUpdateInput", bad).await;
    let fields: Vec<&str> = after["errors"].as_array().unwrap().iter().map(|e| e["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["email", "shippingAddress.name", "shippingAddress.country"]);
    let after = desk
        .change(&GUEST, "cartDeliverySelect", "CartDeliverySelectInput", json!({ "cartId": id, "delivery": "owl" }))
        .await;
    assert_eq!(after["errors"][0]["__typename"], "DeliveryUnavailable");
}

#[sqlx::test(migrations = false)]
async fn a_cart_tells_of_a_changed_price_until_it_is_accepted(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    let id = desk.cart(&GUEST, &[(LAMP, 2)]).await;
    desk.product(LAMP, "Arc Lamp", 3, 4500).await;
    // A late event of an older version changes nothing.
    desk.product(LAMP, "Arc Lamp", 2, 100).await;
    let refused = desk.checkout(&GUEST, &id, "tok_success", "k1").await;
    assert_eq!(refused["errors"][0]["__typename"], "PriceChanged", "{refused}");
    assert_eq!(refused["errors"][0]["now"]["amount"], "45.00");
    let problems =
        "query($id: ID!) { cart(id: $id) { problems { __typename } subtotal { amount } lines { total { amount } } } }";
    let cart = desk.ask(&GUEST, problems, json!({ "id": id })).await;
    let lines = json!([{ "total": { "amount": "90.00" } }]);
    let expected =
        json!({ "problems": [{ "__typename": "PriceChanged" }], "subtotal": { "amount": "90.00" }, "lines": lines });
    assert_eq!(cart["data"]["cart"], expected, "the lines add up: {cart}");
    let lines = json!([{ "variantId": LAMP.to_string(), "quantity": 2 }]);
    desk.change(&GUEST, "cartLinesUpdate", "CartLinesInput", json!({ "cartId": id, "lines": lines })).await;
    let placed = desk.checkout(&GUEST, &id, "tok_success", "k1").await;
    assert_eq!(placed["order"]["total"]["amount"], "90.00", "{placed}");
}

#[sqlx::test(migrations = false)]
async fn who_buys_and_the_delivery_are_changed_by_whom_the_cart_is_of_until_it_is_an_order(pool: PgPool) {
    let desk = Desk::open(pool).await;
    let (ada, eve) = (testkit::shopper(1), testkit::shopper(2));
    let id = desk.cart(&GUEST, &[(LAMP, 1)]).await;
    let mail = async |actor: &Actor, mail: &str| {
        let buyer = json!({ "cartId": id, "email": mail });
        desk.change(actor, "cartBuyerUpdate", "CartBuyerUpdateInput", buyer).await["errors"].clone()
    };
    let express = async |actor: &Actor| {
        let delivery = json!({ "cartId": id, "delivery": "express" });
        desk.change(actor, "cartDeliverySelect", "CartDeliverySelectInput", delivery).await["errors"].clone()
    };
    let cart = "query($id: ID!) { cart(id: $id) { email delivery { code } shippingAddress { city } } }";
    let seen = async |actor: &Actor| desk.ask(actor, cart, json!({ "id": id })).await["data"]["cart"].clone();
    // A guest's cart becomes the account's that changes it; what is not said stays.
    assert_eq!(mail(&ada, "ada@example.com").await, json!([]));
    let of_ada = |code: &str| json!({ "email": "ada@example.com", "delivery": { "code": code }, "shippingAddress": { "city": "Berlin" } });
    assert_eq!(seen(&ada).await, of_ada("standard"));
    for other in [&GUEST, &eve] {
        assert_eq!(mail(other, "eve@example.com").await[0]["__typename"], "NotFound");
        assert_eq!(express(other).await[0]["__typename"], "NotFound");
    }
    assert_eq!(express(&ada).await, json!([]));
    assert_eq!(seen(&ada).await, of_ada("express"));
    desk.checkout(&ada, &id, "tok_success", "k1").await;
    assert_eq!(mail(&ada, "late@example.com").await[0]["__typename"], "NotFound");
    assert_eq!(express(&ada).await[0]["__typename"], "NotFound");
}

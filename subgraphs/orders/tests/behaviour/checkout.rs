use kernel::Actor;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::desk::{Desk, LAMP, MUG};

const GUEST: Actor = Actor::Anonymous;

#[sqlx::test(migrations = false)]
async fn an_order_keeps_what_was_bought_and_asks_for_its_stock(pool: PgPool) {
    let desk = Desk::open(pool).await;
    let cart = desk.cart(&GUEST, &[(LAMP, 1), (MUG, 1)]).await;
    let before = desk.told().await.len();
    let placed = desk.checkout(&GUEST, &cart, "tok_success", "k1").await;
    let order = &placed["order"];
    assert_eq!(order["status"], "PENDING", "{placed}");
    assert!(order["number"].as_str().unwrap().starts_with("TC-"));
    // 49.50 + 4.90 delivery, 19 % of it inside.
    assert_eq!(
        json!([order["total"]["amount"], order["shipping"]["amount"], order["tax"]["amount"]]),
        json!(["54.40", "4.90", "8.69"])
    );
    assert_eq!(order["lines"][1], json!({ "title": "Mug", "quantity": 1, "total": { "amount": "9.50" } }));
    assert_eq!(desk.told().await[before..], ["orders.order.placed.v1", "orders.reservation.requested.v1"]);
    // What is bought is no cart any more.
    let gone = desk.checkout(&GUEST, &cart, "tok_success", "k2").await;
    assert_eq!(gone["errors"][0]["__typename"], "NotFound", "{gone}");
}

#[sqlx::test(migrations = false)]
async fn the_same_key_is_the_same_order_and_another_input_a_conflict(pool: PgPool) {
    let desk = Desk::open(pool).await;
    let cart = desk.cart(&GUEST, &[(LAMP, 1)]).await;
    let first = desk.checkout(&GUEST, &cart, "tok_success", "k1").await;
    let told = desk.told().await;
    let again = desk.checkout(&GUEST, &cart, "tok_success", "k1").await;
    assert_eq!(first["order"]["id"], again["order"]["id"]);
    let other = desk.checkout(&GUEST, &cart, "tok_declined", "k1").await;
    assert_eq!(other["errors"][0]["__typename"], "IdempotencyConflict", "{other}");
    assert_eq!(desk.told().await, told, "nothing was told twice");
    for key in ["", "a\u{0}b", &"x".repeat(256)] {
        let refused = desk.checkout(&GUEST, &cart, "tok_success", key).await;
        assert_eq!(refused["errors"][0]["field"], "idempotencyKey", "{refused}");
    }
}

#[sqlx::test(migrations = false)]
async fn two_guests_may_make_up_the_same_key(pool: PgPool) {
    let desk = Desk::open(pool).await;
    let (one, two) = (desk.cart(&GUEST, &[(LAMP, 1)]).await, desk.cart(&GUEST, &[(LAMP, 1)]).await);
    let (one, two) = (
        desk.checkout(&GUEST, &one, "tok_success", "my-first-order").await,
        desk.checkout(&GUEST, &two, "tok_success", "my-first-order").await,
    );
    assert!(one["order"]["id"].is_string() && two["order"]["id"].is_string(), "{one} {two}");
    assert_ne!(one["order"]["id"], two["order"]["id"]);
}

#[sqlx::test(migrations = false)]
async fn old_keys_and_abandoned_carts_are_forgotten_but_no_order(pool: PgPool) {
    let desk = Desk::open(pool).await;
    let bought = desk.cart(&GUEST, &[(MUG, 1)]).await;
    let placed = desk.checkout(&GUEST, &bought, "tok_success", "k1").await;
    let abandoned = desk.cart(&GUEST, &[(MUG, 1)]).await;
    desk.clock.advance(89 * 86_400);
    desk.app.forget_old().await.unwrap();
    let kept = desk.cart(&GUEST, &[(MUG, 1)]).await;
    desk.clock.advance(2 * 86_400);
    desk.app.forget_old().await.unwrap();
    let query = "query($a: ID!, $k: ID!, $o: ID!) { abandoned: cart(id: $a) { id } kept: cart(id: $k) { id } order(id: $o) { lines { title } } }";
    let seen = desk.ask(&GUEST, query, json!({ "a": abandoned, "k": kept, "o": placed["order"]["id"] })).await;
    assert_eq!(seen["data"]["abandoned"], Value::Null, "{seen}");
    assert_eq!(seen["data"]["kept"]["id"], kept.as_str());
    assert_eq!(seen["data"]["order"]["lines"][0]["title"], "Mug");
    let keys: i64 =
        sqlx::query_scalar("select count(*) from orders.idempotency_key").fetch_one(&desk.pool).await.unwrap();
    assert_eq!(keys, 0);
}

#[sqlx::test(migrations = false)]
async fn two_checkouts_of_one_cart_at_once_make_one_order(pool: PgPool) {
    let desk = Desk::open(pool).await;
    let cart = desk.cart(&GUEST, &[(LAMP, 1)]).await;
    let (one, two) = tokio::join!(
        desk.checkout(&GUEST, &cart, "tok_success", "k1"),
        desk.checkout(&GUEST, &cart, "tok_success", "k2")
    );
    let placed = [&one, &two].into_iter().filter(|answer| answer["order"].is_object()).count();
    assert_eq!(placed, 1, "{one} {two}");
    let same = desk.cart(&GUEST, &[(LAMP, 1)]).await;
    let (one, two) = tokio::join!(
        desk.checkout(&GUEST, &same, "tok_success", "k3"),
        desk.checkout(&GUEST, &same, "tok_success", "k3")
    );
    assert_eq!(one["order"]["id"], two["order"]["id"], "a doubled request is one order: {one} {two}");
    assert!(one["order"]["id"].is_string());
}

#[sqlx::test(migrations = false)]
async fn everything_that_is_missing_is_named_at_once(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    let made = desk.change(&GUEST, "cartCreate", "CartCreateInput", json!({})).await;
    let cart = made["cart"]["id"].as_str().unwrap();
    let refused = desk.checkout(&GUEST, cart, "tok_success", "k1").await;
    let fields: Vec<_> = refused["errors"].as_array().unwrap().iter().map(|e| e["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["lines", "email", "shippingAddress", "delivery"]);
    // Stock that is gone since it was put into the cart.
    let cart = desk.cart(&GUEST, &[(LAMP, 2)]).await;
    desk.level(LAMP, 2, 1).await;
    let refused = desk.checkout(&GUEST, &cart, "tok_success", "k2").await;
    assert_eq!(refused["errors"][0]["available"], 1, "{refused}");
    let orders: i64 =
        sqlx::query_scalar("select count(*) from orders.customer_order").fetch_one(&desk.pool).await.unwrap();
    assert_eq!(orders, 0);
    // The refused key is free for the repaired cart.
    let lines = json!([{ "variantId": LAMP.to_string(), "quantity": 1 }]);
    desk.change(&GUEST, "cartLinesUpdate", "CartLinesInput", json!({ "cartId": cart, "lines": lines })).await;
    assert!(desk.checkout(&GUEST, &cart, "tok_success", "k2").await["order"].is_object());
}

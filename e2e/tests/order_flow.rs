//! The order flow through the gateway: what is bought is confirmed once, what is not is never charged.

use e2e::{Offer, Platform, data_dir, eventually, expire_reservation, free_ports};
use serde_json::{Value, json};

fn ended(order: &Value, status: &str, stock: &str) -> bool {
    order["status"] == status && order["stockStatus"] == stock
}

#[tokio::test]
async fn an_order_ends_right_whatever_becomes_of_it() {
    let data = data_dir();
    let platform = Platform::start(data.path(), free_ports(0)).await;
    let shopper = platform.sign_in("shopper@example.com").await;
    let (me, guest) = (Some(shopper.as_str()), None);

    // Paid: confirmed, the stock is taken out, the message is there.
    let lamp = platform.offer("arc-reading-lamp").await;
    let id = platform.buy(me, &lamp.id, "tok_success").await;
    let order = platform.order_when(me, &id, |order| ended(order, "CONFIRMED", "COMMITTED")).await;
    assert_eq!(order["payments"][0]["status"], "CAPTURED", "{order}");
    assert_eq!(order["payments"][0]["amount"], order["total"]);
    assert_eq!(platform.offer("arc-reading-lamp").await.left, lamp.left - 1);
    let messages = "query($id: ID!) { order(id: $id) { messages { status subject } } }";
    eventually("the shopper is told", async || {
        let told = platform.ask(me, messages, json!({ "id": id })).await;
        told["order"]["messages"].as_array()?.iter().any(|message| message["status"] == "SENT").then_some(())
    })
    .await;

    // Declined: cancelled with the provider's reason, the stock is back, nothing is charged.
    let mill = platform.offer("workshop-clamp-lamp").await;
    let id = platform.buy(guest, &mill.id, "tok_declined").await;
    let order = platform.order_when(guest, &id, |order| ended(order, "CANCELLED", "RELEASED")).await;
    assert_eq!((&order["reason"], &order["paymentStatus"]), (&json!("Your card was declined."), &json!("FAILED")));
    assert_eq!(platform.offer("workshop-clamp-lamp").await.left, mill.left);

    // The shopper must act first, and does.
    let id = platform.buy(guest, &mill.id, "tok_3ds").await;
    platform.order_when(guest, &id, |order| order["paymentStatus"] == "ACTION_REQUIRED").await;
    let confirm = "mutation($id: ID!) { paymentActionComplete(input: { orderId: $id }) { errors { message } } }";
    platform.ask(guest, confirm, json!({ "id": id })).await;
    platform.order_when(guest, &id, |order| ended(order, "CONFIRMED", "COMMITTED")).await;

    // Cancelled in between: nothing is charged and the stock is back.
    let id = platform.buy(guest, &mill.id, "tok_3ds").await;
    platform.order_when(guest, &id, |order| order["paymentStatus"] == "ACTION_REQUIRED").await;
    let cancel = "mutation($id: ID!) { orderCancel(input: { orderId: $id }) { order { status } errors { message } } }";
    platform.ask(guest, cancel, json!({ "id": id })).await;
    let order = platform
        .order_when(guest, &id, |order| ended(order, "CANCELLED", "RELEASED") && order["paymentStatus"] == "VOIDED")
        .await;
    assert_ne!(order["payments"][0]["status"], "CAPTURED", "{order}");
    assert_eq!(platform.offer("workshop-clamp-lamp").await.left, mill.left - 1);

    // Back from the bank too late: the time for which the stock was held is over, so nothing is charged.
    let id = platform.buy(guest, &mill.id, "tok_3ds").await;
    platform.order_when(guest, &id, |order| order["paymentStatus"] == "ACTION_REQUIRED").await;
    expire_reservation(data.path(), &id).await;
    platform.order_when(guest, &id, |order| ended(order, "CANCELLED", "RELEASED")).await;
    platform.ask(guest, confirm, json!({ "id": id })).await;
    let order = platform.order_when(guest, &id, |order| order["paymentStatus"] == "VOIDED").await;
    assert_eq!(order["status"], "CANCELLED", "{order}");
    assert!(order["payments"].as_array().unwrap().iter().all(|payment| payment["status"] != "CAPTURED"), "{order}");
    assert_eq!(platform.offer("workshop-clamp-lamp").await.left, mill.left - 1);
    platform.stop().await;
}

#[tokio::test]
async fn two_shoppers_after_the_last_unit_one_gets_it_and_the_other_is_never_charged() {
    let data = data_dir();
    let platform = Platform::start(data.path(), free_ports(1)).await;
    let offer = platform.offer("arc-reading-lamp").await;
    leave(&platform, &offer, 1).await;

    // Both carts are full before either checks out.
    let (one, two) = (platform.cart(None, &offer.id).await, platform.cart(None, &offer.id).await);
    let (one, two) =
        tokio::join!(platform.checkout(None, &one, "tok_success"), platform.checkout(None, &two, "tok_success"));
    let mut statuses = Vec::new();
    for placed in [&one, &two] {
        // Who comes late enough is told at the checkout already.
        let Some(id) = placed["order"]["id"].as_str() else {
            assert_eq!(placed["errors"][0]["__typename"], "InsufficientStock", "{placed}");
            statuses.push("REJECTED".to_owned());
            continue;
        };
        let over = |order: &Value| ended(order, "CONFIRMED", "COMMITTED") || order["status"] == "REJECTED";
        let order = platform.order_when(None, id, over).await;
        let captured =
            order["payments"].as_array().unwrap().iter().filter(|payment| payment["status"] == "CAPTURED").count();
        assert_eq!(captured, usize::from(order["status"] == "CONFIRMED"), "{order}");
        statuses.push(order["status"].as_str().unwrap().to_owned());
    }
    statuses.sort();
    assert_eq!(statuses, ["CONFIRMED", "REJECTED"]);

    // Goods that are gone while they wait in a cart: told at the checkout, with how many are left, and no order is made.
    let stool = platform.offer("workshop-clamp-lamp").await;
    let cart = platform.cart(None, &stool.id).await;
    leave(&platform, &stool, 0).await;
    let refused = eventually("the shop knows that nothing is left", async || {
        let seen = platform
            .ask(None, "query($id: ID!) { cart(id: $id) { problems { __typename } } }", json!({ "id": cart }))
            .await;
        let lacking =
            seen["cart"]["problems"].as_array()?.iter().any(|problem| problem["__typename"] == "InsufficientStock");
        if lacking { Some(platform.checkout(None, &cart, "tok_success").await) } else { None }
    })
    .await;
    assert_eq!(refused["order"], Value::Null, "{refused}");
    assert_eq!(refused["errors"][0]["__typename"], "InsufficientStock", "{refused}");
    platform.stop().await;
}

/// Counts the stock down to what is left.
async fn leave(platform: &Platform, offer: &Offer, left: i64) {
    let operations = platform.sign_in("operations@example.com").await;
    let stock = "query($id: ID!) { stockLevels(variantId: $id) { warehouse { id } onHand } }";
    let levels = platform.ask(Some(&operations), stock, json!({ "id": offer.id })).await;
    let warehouse = &levels["stockLevels"][0]["warehouse"]["id"];
    let adjust = "mutation($input: StockAdjustInput!) { stockAdjust(input: $input) { errors { message } } }";
    let key = format!("count of {}", offer.id);
    let input = json!({ "variantId": offer.id, "warehouseId": warehouse, "delta": left - offer.left, "reason": "count", "idempotencyKey": key });
    let adjusted = platform.ask(Some(&operations), adjust, json!({ "input": input })).await;
    assert_eq!(adjusted["stockAdjust"]["errors"], json!([]), "{adjusted}");
}

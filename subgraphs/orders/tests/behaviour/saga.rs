use events::inventory::{CommitRefused, ReleasedBecause, StockCommitted, StockRejected, StockReleased, StockReserved};
use events::payments::{
    PaymentActionRequired, PaymentAuthorised, PaymentCaptured, PaymentFailed, PaymentRefunded, PaymentVoided,
    RefundFailed,
};
use kernel::{Actor, Clock, Currency, Money, OrderId, PaymentId, RefundId};
use serde_json::json;
use sqlx::PgPool;
use uuid::Uuid;

use crate::desk::Desk;

const PAYMENT: PaymentId = PaymentId(Uuid::from_u128(7));
const TOTAL: Money = Money { minor: 4490, currency: Currency::EUR };

fn captured(order_id: OrderId) -> PaymentCaptured {
    PaymentCaptured { order_id, payment_id: PAYMENT, amount: TOTAL }
}

fn released(order_id: OrderId, reason: ReleasedBecause) -> StockReleased {
    StockReleased { order_id, reason }
}

async fn reserved(desk: &mut Desk) -> OrderId {
    let order = desk.order().await;
    let expires_at = desk.clock.now() + time::Duration::minutes(15);
    desk.wire.deliver_twice(&StockReserved { order_id: order, expires_at, allocations: vec![] }).await;
    order
}

fn count(told: &[String], name: &str) -> usize {
    told.iter().filter(|kind| *kind == name).count()
}

#[sqlx::test(migrations = false)]
async fn an_order_is_confirmed_once_whatever_is_delivered_twice(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    let order = reserved(&mut desk).await;
    assert_eq!(desk.state(order).await, json!(["RESERVED", "REQUESTED", "RESERVED", null, null]));
    desk.wire.deliver_twice(&PaymentAuthorised { order_id: order, payment_id: PAYMENT, amount: TOTAL }).await;
    desk.wire.deliver_twice(&captured(order)).await;
    // The same word in another envelope.
    desk.wire.deliver(&captured(order)).await;
    desk.wire.deliver_twice(&StockCommitted { order_id: order, allocations: vec![] }).await;
    assert_eq!(desk.state(order).await, json!(["CONFIRMED", "PAID", "COMMITTED", null, null]));
    let told = desk.told().await;
    for once in ["orders.payment.requested.v1", "orders.commit.requested.v1", "orders.order.confirmed.v1"] {
        assert_eq!(count(&told, once), 1, "{once}: {told:?}");
    }
    assert_eq!(
        timeline(&desk, order).await,
        ["PLACED", "STOCK_RESERVED", "PAYMENT_AUTHORISED", "PAYMENT_CAPTURED", "STOCK_COMMITTED"]
    );
}

async fn timeline(desk: &Desk, order: OrderId) -> Vec<String> {
    let query = "query($id: ID!) { order(id: $id) { timeline { kind } availableTransitions } }";
    let seen = desk.ask(&Actor::Anonymous, query, json!({ "id": order.to_string() })).await;
    let entries = seen["data"]["order"]["timeline"].as_array().unwrap();
    entries.iter().map(|entry| entry["kind"].as_str().unwrap().to_owned()).collect()
}

#[sqlx::test(migrations = false)]
async fn an_authorisation_that_comes_with_its_capture_is_no_step_of_its_own(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    let order = reserved(&mut desk).await;
    let authorised = desk.wire.envelope(&PaymentAuthorised { order_id: order, payment_id: PAYMENT, amount: TOTAL });
    let captured = desk.wire.envelope(&captured(order));
    // A bus that publishes a batch again may begin in its midst, and bring one of them once more.
    desk.wire.send_together(&[captured.clone(), authorised.clone(), captured]).await;
    desk.wire.send(&authorised).await;
    assert_eq!(desk.state(order).await, json!(["CONFIRMED", "PAID", "COMMITTING", null, null]));
    assert_eq!(timeline(&desk, order).await, ["PLACED", "STOCK_RESERVED", "PAYMENT_CAPTURED"]);
    assert_eq!(count(&desk.told().await, "orders.commit.requested.v1"), 1);
}

#[sqlx::test(migrations = false)]
async fn without_stock_the_order_is_rejected_and_no_payment_is_asked_for(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    let order = desk.order().await;
    desk.wire.deliver_twice(&StockRejected { order_id: order, shortages: vec![] }).await;
    let state = desk.state(order).await;
    assert_eq!((&state[0], &state[1], &state[2]), (&json!("REJECTED"), &json!("NONE"), &json!("REFUSED")));
    assert_eq!(count(&desk.told().await, "orders.payment.requested.v1"), 0);
}

#[sqlx::test(migrations = false)]
async fn a_declined_card_cancels_with_the_providers_reason_and_gives_the_stock_back(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    let order = reserved(&mut desk).await;
    let failed = PaymentFailed {
        order_id: order,
        payment_id: PAYMENT,
        code: "card_declined".into(),
        reason: "Your card was declined.".into(),
    };
    desk.wire.deliver_twice(&failed).await;
    assert_eq!(desk.state(order).await, json!(["CANCELLED", "FAILED", "RELEASING", "Your card was declined.", null]));
    desk.wire.deliver_twice(&released(order, ReleasedBecause::Requested)).await;
    assert_eq!(desk.state(order).await[2], "RELEASED");
    let told = desk.told().await;
    assert_eq!((count(&told, "orders.release.requested.v1"), count(&told, "orders.void.requested.v1")), (1, 0));
}

#[sqlx::test(migrations = false)]
async fn a_customer_action_shows_its_address_only_while_it_is_needed(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    let order = reserved(&mut desk).await;
    let action = PaymentActionRequired { order_id: order, payment_id: PAYMENT, action_url: "/pay/7".into() };
    desk.wire.deliver_twice(&action).await;
    assert_eq!(desk.state(order).await, json!(["RESERVED", "ACTION_REQUIRED", "RESERVED", null, "/pay/7"]));
    desk.wire.deliver(&captured(order)).await;
    assert_eq!(desk.state(order).await, json!(["CONFIRMED", "PAID", "COMMITTING", null, null]));
}

#[sqlx::test(migrations = false)]
async fn a_payment_after_the_reservation_expired_is_given_back(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    let order = reserved(&mut desk).await;
    desk.wire.deliver_twice(&released(order, ReleasedBecause::Expired)).await;
    let state = desk.state(order).await;
    assert_eq!((&state[0], &state[1], &state[2]), (&json!("CANCELLED"), &json!("UNDOING"), &json!("RELEASED")));
    desk.wire.deliver_twice(&captured(order)).await;
    let refund = PaymentRefunded { order_id: order, payment_id: PAYMENT, refund_id: None, amount: TOTAL };
    desk.wire.deliver_twice(&refund).await;
    assert_eq!(desk.state(order).await[1], "REFUNDED");
    assert_eq!(count(&desk.told().await, "orders.void.requested.v1"), 1);
}

#[sqlx::test(migrations = false)]
async fn goods_that_are_gone_after_the_payment_cancel_and_refund(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    let order = reserved(&mut desk).await;
    desk.wire.deliver(&captured(order)).await;
    desk.wire.deliver(&released(order, ReleasedBecause::Expired)).await;
    desk.wire.deliver_twice(&CommitRefused { order_id: order, shortages: vec![] }).await;
    let state = desk.state(order).await;
    assert_eq!((&state[0], &state[1]), (&json!("CANCELLED"), &json!("UNDOING")));
    assert_eq!(count(&desk.told().await, "orders.void.requested.v1"), 1);
}

#[sqlx::test(migrations = false)]
async fn an_order_that_waits_too_long_is_given_up(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    let pending = desk.order().await;
    let paying = reserved(&mut desk).await;
    assert_eq!(desk.app.give_up_overdue().await.unwrap(), 0);
    desk.clock.advance(121);
    assert_eq!(desk.app.give_up_overdue().await.unwrap(), 1);
    assert_eq!(desk.state(pending).await[0], "CANCELLED");
    assert_eq!(desk.state(paying).await[0], "RESERVED");
    desk.clock.advance(11 * 60);
    assert_eq!(desk.app.give_up_overdue().await.unwrap(), 1);
    assert_eq!(desk.app.give_up_overdue().await.unwrap(), 0);
    let state = desk.state(paying).await;
    assert_eq!((&state[0], &state[1], &state[2]), (&json!("CANCELLED"), &json!("UNDOING"), &json!("RELEASING")));
    // Inventory's answer comes after all.
    let expires_at = desk.clock.now();
    desk.wire.deliver(&StockReserved { order_id: pending, expires_at, allocations: vec![] }).await;
    assert_eq!(desk.state(pending).await[0], "CANCELLED");
    assert_eq!(count(&desk.told().await, "orders.payment.requested.v1"), 1, "only the one that was reserved in time");
}

#[sqlx::test(migrations = false)]
async fn a_shopper_cancels_in_between_and_twice_is_once(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    let order = reserved(&mut desk).await;
    let cancel = "mutation($id: ID!) { orderCancel(input: { orderId: $id, reason: \"too slow\" }) {
        order { status reason } errors { __typename } } }";
    for _ in 0..2 {
        let done = desk.ask(&Actor::Anonymous, cancel, json!({ "id": order.to_string() })).await;
        let order = json!({ "status": "CANCELLED", "reason": "too slow" });
        assert_eq!(done["data"]["orderCancel"], json!({ "order": order, "errors": [] }), "{done}");
    }
    desk.wire.deliver(&PaymentVoided { order_id: order, payment_id: PAYMENT }).await;
    desk.wire.deliver(&released(order, ReleasedBecause::Requested)).await;
    assert_eq!(desk.state(order).await, json!(["CANCELLED", "VOIDED", "RELEASED", "too slow", null]));
    let told = desk.told().await;
    for once in ["orders.release.requested.v1", "orders.void.requested.v1", "orders.order.cancelled.v1"] {
        assert_eq!(count(&told, once), 1, "{once}");
    }
}

#[sqlx::test(migrations = false)]
async fn refunds_in_parts_are_a_refund_only_when_all_is_back(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    let order = reserved(&mut desk).await;
    desk.wire.deliver(&captured(order)).await;
    let part = |minor: i64, id: u128| PaymentRefunded {
        order_id: order,
        payment_id: PAYMENT,
        refund_id: Some(RefundId(Uuid::from_u128(id))),
        amount: Money { minor, ..TOTAL },
    };
    desk.wire.deliver_twice(&part(490, 1)).await;
    assert_eq!(desk.state(order).await[1], "PAID", "a part is no refund of the order");
    // The shopper cancels while the rest is not back yet.
    let cancel = "mutation($id: ID!) { orderCancel(input: { orderId: $id }) { errors { __typename } } }";
    desk.ask(&Actor::Anonymous, cancel, json!({ "id": order.to_string() })).await;
    desk.wire.deliver(&part(1000, 2)).await;
    assert_eq!(desk.state(order).await[1], "UNDOING", "the rest is still kept");
    let failed =
        RefundFailed { order_id: order, payment_id: PAYMENT, refund_id: None, reason: "account closed".into() };
    desk.wire.deliver_twice(&failed).await;
    desk.wire.deliver(&PaymentRefunded { refund_id: None, ..part(3000, 3) }).await;
    assert_eq!(desk.state(order).await[1], "REFUNDED");
    let query = "query($id: ID!) { order(id: $id) { timeline { kind message } } }";
    let seen = desk.ask(&Actor::Anonymous, query, json!({ "id": order.to_string() })).await;
    let entries = seen["data"]["order"]["timeline"].as_array().unwrap();
    let failures: Vec<_> = entries.iter().filter(|entry| entry["kind"] == "REFUND_FAILED").collect();
    assert_eq!(failures.len(), 1, "somebody can see that it failed: {seen}");
}

#[sqlx::test(migrations = false)]
async fn the_token_is_forgotten_when_payments_is_asked_to_charge_it(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    let order = reserved(&mut desk).await;
    let sql = "select payment_token from orders.customer_order where id = $1";
    let token: Option<String> = sqlx::query_scalar(sql).bind(order.0).fetch_one(&desk.pool).await.unwrap();
    assert_eq!(token, None);
    let asked = testkit::outbox(&desk.pool, "orders").await;
    let (_, asked) = asked.iter().find(|(kind, _)| kind == "orders.payment.requested.v1").unwrap();
    assert_eq!(asked["method"]["token"], "tok_success");
}

#[sqlx::test(migrations = false)]
async fn the_database_refuses_a_confirmed_order_that_is_not_paid(pool: PgPool) {
    let desk = Desk::open(pool).await;
    desk.order().await;
    let sql = "update orders.customer_order set status = 'CONFIRMED'";
    assert!(sqlx::query(sql).execute(&desk.pool).await.is_err());
    assert!(sqlx::query("update orders.customer_order set total = total + 1").execute(&desk.pool).await.is_err());
}

use kernel::{Actor, Scope};
use serde_json::json;
use sqlx::PgPool;
use testkit::{shopper, staff};

use crate::desk::{Desk, SUCCESS, order_id};

const COMPLETE: &str = "mutation($order: ID!, $approve: Boolean! = true) { paymentActionComplete(input: { orderId: $order, approve: $approve }) {
    payment { status actionUrl failureCode failureReason } errors { __typename message } } }";

#[sqlx::test(migrations = false)]
async fn a_good_token_is_authorised_and_captured_in_one_go(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.ask_payment(1, SUCCESS).await;
    assert_eq!(desk.status(1).await, "REQUESTED");
    assert_eq!(desk.app.work_once().await.unwrap(), 1);
    assert_eq!(desk.stands(1).await, ("CAPTURED".into(), 2_500, 0));
    assert_eq!(desk.told(1).await, ["authorised", "captured"]);
    assert_eq!(desk.tap.calls(), ["authorise", "capture"]);
    assert_eq!(desk.app.work_once().await.unwrap(), 0, "nothing is left to do");
}

#[sqlx::test(migrations = false)]
async fn a_slow_token_takes_its_time_and_succeeds(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.pay(1, "tok_slow").await;
    assert_eq!(desk.stands(1).await, ("CAPTURED".into(), 2_500, 0));
}

#[sqlx::test(migrations = false)]
async fn a_refused_token_fails_with_code_and_reason(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    let cases = [
        ("tok_declined", "card_declined", "Your card was declined."),
        ("tok_insufficient_funds", "insufficient_funds", "Your card has insufficient funds."),
        ("tok_unheard_of", "invalid_token", "This payment method cannot be used."),
        ("", "invalid_token", "This payment method cannot be used."),
    ];
    for (order, (token, code, reason)) in (1..).zip(cases) {
        desk.pay(order, token).await;
        assert_eq!(desk.stands(order).await, ("FAILED".into(), 0, 0), "{token}");
        assert_eq!(desk.told(order).await, ["failed"]);
        let event = desk.last_event().await;
        assert_eq!((&event["code"], &event["reason"]), (&json!(code), &json!(reason)));
    }
}

#[sqlx::test(migrations = false)]
async fn a_challenge_that_is_confirmed_ends_in_a_capture(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.pay(1, "tok_3ds").await;
    assert_eq!(desk.told(1).await, ["action_required"]);
    let url = format!("/checkout/challenge?order={}", order_id(1));
    let shown = desk.order_payments(Actor::Anonymous, 1, "status actionUrl").await;
    assert_eq!(shown, json!([{ "status": "ACTION_REQUIRED", "actionUrl": url }]));
    for _ in 0..2 {
        let done = desk.ask(Actor::Anonymous, COMPLETE, json!({ "order": order_id(1) })).await;
        let expected = json!({ "status": "CAPTURED", "actionUrl": null, "failureCode": null, "failureReason": null });
        assert_eq!(done["data"]["paymentActionComplete"], json!({ "payment": expected, "errors": [] }), "{done}");
    }
    assert_eq!(desk.told(1).await, ["action_required", "authorised", "captured"], "doing it twice is doing it once");
}

#[sqlx::test(migrations = false)]
async fn only_the_account_that_pays_answers_its_challenge(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.pay_as_with(1, 5, "tok_3ds").await;
    for other in [Actor::Anonymous, shopper(6), staff([Scope::PaymentsRead, Scope::OrdersWrite])] {
        let refused = desk.ask(other, COMPLETE, json!({ "order": order_id(1), "approve": false })).await;
        assert_eq!(refused["data"]["paymentActionComplete"]["errors"][0]["__typename"], "NotFound", "{refused}");
    }
    assert_eq!(desk.told(1).await, ["action_required"], "nothing was answered for the shopper");
    let done = desk.ask(shopper(5), COMPLETE, json!({ "order": order_id(1) })).await;
    assert_eq!(done["data"]["paymentActionComplete"]["payment"]["status"], "CAPTURED", "{done}");
}

#[sqlx::test(migrations = false)]
async fn a_challenge_that_is_refused_fails_the_payment(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.pay(1, "tok_3ds").await;
    let done = desk.ask(Actor::Anonymous, COMPLETE, json!({ "order": order_id(1), "approve": false })).await;
    let payment = &done["data"]["paymentActionComplete"]["payment"];
    assert_eq!((&payment["status"], &payment["failureCode"]), (&json!("FAILED"), &json!("authentication_failed")));
    assert_eq!(desk.told(1).await, ["action_required", "failed"]);
    let again = desk.ask(Actor::Anonymous, COMPLETE, json!({ "order": order_id(1), "approve": true })).await;
    assert_eq!(again["data"]["paymentActionComplete"]["payment"]["status"], "FAILED", "it stays refused");
    assert_eq!(desk.at_sandbox(1).await, [("DECLINED".into(), 0, 0)]);
}

#[sqlx::test(migrations = false)]
async fn while_the_provider_is_away_a_challenge_can_be_completed_again_later(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.pay(1, "tok_3ds").await;
    desk.tap.set_away(true);
    let refused = desk.ask(Actor::Anonymous, COMPLETE, json!({ "order": order_id(1) })).await;
    let refused = &refused["data"]["paymentActionComplete"];
    assert_eq!(refused["errors"][0]["__typename"], "PaymentProviderUnavailable", "{refused}");
    desk.tap.set_away(false);
    let done = desk.ask(Actor::Anonymous, COMPLETE, json!({ "order": order_id(1) })).await;
    assert_eq!(done["data"]["paymentActionComplete"]["payment"]["status"], "CAPTURED", "{done}");
}

#[sqlx::test(migrations = false)]
async fn a_challenge_that_was_answered_elsewhere_is_found_out_by_asking(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.pay(1, "tok_3ds").await;
    sqlx::query("update payments.sandbox_charge set status = 'AUTHORISED'").execute(&desk.pool).await.unwrap();
    desk.work().await;
    assert_eq!(desk.status(1).await, "ACTION_REQUIRED", "not yet");
    desk.clock.advance(30);
    desk.work().await;
    assert_eq!(desk.status(1).await, "CAPTURED");
}

#[sqlx::test(migrations = false)]
async fn nothing_to_pay_is_paid_without_a_provider(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    let mut event = desk.request(1, SUCCESS);
    event.amount.minor = 0;
    desk.wire.deliver(&event).await;
    desk.work().await;
    assert_eq!(desk.status(1).await, "CAPTURED");
    assert_eq!(desk.told(1).await, ["authorised", "captured"]);
    assert_eq!(desk.tap.calls(), Vec::<String>::new());
    desk.undo(1).await;
    assert_eq!(desk.told(1).await, ["authorised", "captured", "voided"]);
}

#[sqlx::test(migrations = false)]
async fn the_token_is_forgotten_as_soon_as_the_provider_has_answered(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    for (order, token) in (1..).zip(["tok_success", "tok_declined", "tok_3ds", "tok_webhook"]) {
        desk.pay(order, token).await;
    }
    let kept: i64 = sqlx::query_scalar("select count(*) from payments.payment where token is not null")
        .fetch_one(&desk.pool)
        .await
        .unwrap();
    assert_eq!(kept, 0);
}

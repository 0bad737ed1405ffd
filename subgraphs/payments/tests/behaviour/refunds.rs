use kernel::{Actor, Scope};
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::desk::{Desk, SUCCESS, order_id, refund_event};

const CREATE: &str = "mutation($order: ID!, $amount: Decimal, $reason: String! = \"broken\", $key: String!) {
    refundCreate(input: { orderId: $order, amount: $amount, reason: $reason, idempotencyKey: $key }) {
        refund { id status amount { amount currencyCode } reason } payment { status refundableAmount { amount } }
        errors { __typename message ... on RefundTooLarge { refundable { amount } } ... on PaymentNotCaptured { status }
            ... on InvalidInput { field } } } }";

fn clerk() -> Actor {
    testkit::staff([Scope::PaymentsRefund])
}

async fn create(desk: &Desk, variables: Value) -> Value {
    let answer = desk.ask(clerk(), CREATE, variables).await;
    assert_eq!(answer.get("errors"), None, "{answer}");
    answer["data"]["refundCreate"].clone()
}

#[sqlx::test(migrations = false)]
async fn part_and_then_all_that_is_left_is_given_back(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.pay(1, SUCCESS).await;
    let part = create(&desk, json!({ "order": order_id(1), "amount": "10.5", "key": "a" })).await;
    assert_eq!(part["errors"], json!([]), "{part}");
    assert_eq!(part["refund"]["amount"], json!({ "amount": "10.50", "currencyCode": "EUR" }));
    assert_eq!(
        (&part["refund"]["status"], &part["payment"]["refundableAmount"]["amount"]),
        (&json!("PENDING"), &json!("14.50"))
    );
    desk.work().await;
    assert_eq!(desk.stands(1).await, ("PARTIALLY_REFUNDED".into(), 2_500, 1_050));
    let event = desk.last_event().await;
    assert_eq!((&event["refund_id"], &event["amount"]["minor"]), (&part["refund"]["id"], &json!(1_050)));
    let rest = create(&desk, json!({ "order": order_id(1), "key": "b" })).await;
    assert_eq!(rest["refund"]["amount"]["amount"], "14.50", "{rest}");
    desk.work().await;
    assert_eq!(desk.stands(1).await, ("REFUNDED".into(), 2_500, 2_500));
    let shown =
        desk.order_payments(clerk(), 1, "status refunds { status amount { amount } reason failureReason }").await;
    let refund = |amount: &str| json!({ "status": "SUCCEEDED", "amount": { "amount": amount }, "reason": "broken", "failureReason": null });
    assert_eq!(shown[0], json!({ "status": "REFUNDED", "refunds": [refund("10.50"), refund("14.50")] }));
    let nothing = create(&desk, json!({ "order": order_id(1), "key": "c" })).await;
    assert_eq!(nothing["errors"][0]["refundable"]["amount"], "0.00", "{nothing}");
}

#[sqlx::test(migrations = false)]
async fn what_cannot_be_given_back_is_a_typed_error_and_changes_nothing(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.pay(1, SUCCESS).await;
    desk.pay(2, "tok_declined").await;
    let cases = [
        (json!({ "order": order_id(1), "amount": "25.01", "key": "k" }), "RefundTooLarge"),
        (json!({ "order": order_id(1), "amount": "0", "key": "k" }), "InvalidInput"),
        (json!({ "order": order_id(1), "amount": "-1", "key": "k" }), "InvalidInput"),
        (json!({ "order": order_id(1), "amount": "1.005", "key": "k" }), "InvalidInput"),
        (json!({ "order": order_id(1), "amount": "79228162514264337593543950335", "key": "k" }), "InvalidInput"),
        (json!({ "order": order_id(1), "key": "" }), "InvalidInput"),
        (json!({ "order": order_id(1), "key": "x".repeat(256) }), "InvalidInput"),
        (json!({ "order": order_id(1), "key": "a\u{0}b" }), "InvalidInput"),
        (json!({ "order": order_id(1), "key": "k", "reason": "  " }), "InvalidInput"),
        (json!({ "order": order_id(1), "key": "k", "reason": "a\u{0}b" }), "InvalidInput"),
        (json!({ "order": order_id(2), "key": "k" }), "PaymentNotCaptured"),
        (json!({ "order": order_id(3), "key": "k" }), "NotFound"),
        (json!({ "order": "no-id", "key": "k" }), "NotFound"),
    ];
    for (variables, expected) in cases {
        let refused = create(&desk, variables.clone()).await;
        assert_eq!(refused["errors"][0]["__typename"], expected, "{variables}: {refused}");
        assert_eq!((&refused["refund"], &refused["payment"]), (&Value::Null, &Value::Null));
    }
    desk.work().await;
    assert_eq!(desk.stands(1).await, ("CAPTURED".into(), 2_500, 0));
    let good = create(&desk, json!({ "order": order_id(1), "key": "k" })).await;
    assert_eq!(good["errors"], json!([]), "a refused request does not use up its key");
}

#[sqlx::test(migrations = false)]
async fn the_same_key_gives_back_once_and_another_input_under_it_is_a_conflict(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.pay(1, SUCCESS).await;
    let input = json!({ "order": order_id(1), "amount": "5", "key": "a" });
    let first = create(&desk, input.clone()).await;
    desk.work().await;
    let again = create(&desk, input).await;
    assert_eq!(again["refund"]["id"], first["refund"]["id"]);
    assert_eq!(again["refund"]["status"], "SUCCEEDED", "as it stands by now");
    let other = create(&desk, json!({ "order": order_id(1), "amount": "6", "key": "a" })).await;
    assert_eq!(other["errors"][0]["__typename"], "IdempotencyConflict");
    desk.work().await;
    assert_eq!(desk.stands(1).await, ("PARTIALLY_REFUNDED".into(), 2_500, 500));
}

#[sqlx::test(migrations = false)]
async fn refunds_at_the_same_time_never_give_back_more_than_was_charged(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.pay(1, SUCCESS).await;
    let mut racers = tokio::task::JoinSet::new();
    for index in 0..8 {
        let app = desk.app.clone();
        racers.spawn(async move {
            let amount = Some("10".parse().unwrap());
            let draft = payments::app::RefundDraft { order_id: order_id(1), amount, reason: "race".into() };
            app.refund(&clerk(), &draft, &index.to_string()).await.is_ok()
        });
    }
    let won = racers.join_all().await.into_iter().filter(|won| *won).count();
    assert_eq!(won, 2, "25 euros give back 10 euros twice");
    desk.work().await;
    assert_eq!(desk.stands(1).await, ("PARTIALLY_REFUNDED".into(), 2_500, 2_000));
    assert_eq!(desk.at_sandbox(1).await, [("CAPTURED".into(), 2_500, 2_000)]);
}

#[sqlx::test(migrations = false)]
async fn the_sagas_refund_is_told_under_its_id(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.pay(1, SUCCESS).await;
    desk.wire.deliver_twice(&refund_event(1, 7, 500)).await;
    desk.work().await;
    assert_eq!(desk.stands(1).await, ("PARTIALLY_REFUNDED".into(), 2_500, 500));
    assert_eq!(desk.last_event().await["refund_id"], json!(uuid::Uuid::from_u128(7)));
}

#[sqlx::test(migrations = false)]
async fn the_sagas_refund_that_cannot_be_is_told_as_failed(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.pay(1, SUCCESS).await;
    desk.pay(2, "tok_declined").await;
    desk.wire.deliver_twice(&refund_event(1, 7, 2_501)).await;
    assert_eq!(desk.told(1).await, ["authorised", "captured", "refund.failed"]);
    assert_eq!(desk.last_event().await["reason"], "Only 25.00 EUR is left to refund.");
    desk.ask_refund(2, 8, 1).await;
    assert_eq!(desk.told(2).await, ["failed", "refund.failed"]);
    let mut dollars = refund_event(1, 9, 1);
    dollars.amount.currency = kernel::Currency::USD;
    desk.wire.deliver(&dollars).await;
    assert_eq!(desk.told(1).await.len(), 4);
    desk.work().await;
    assert_eq!(desk.tap.count("refund"), 0);
}

#[sqlx::test(migrations = false)]
async fn the_sagas_refund_waits_for_a_payment_that_is_not_decided(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.ask_payment(1, SUCCESS).await;
    for (order, why) in [(1, "not decided"), (2, "no payment yet")] {
        let envelope = desk.wire.envelope(&refund_event(order, order, 500));
        desk.wire.send(&envelope).await;
        let troubles = desk.wire.troubles().await;
        assert!(troubles.iter().any(|trouble| trouble.contains(why)), "{troubles:?}");
    }
}

#[sqlx::test(migrations = false)]
async fn a_refund_that_the_provider_refuses_is_told_and_can_be_asked_for_again(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.pay(1, SUCCESS).await;
    desk.tap.set_refuses_refunds(true);
    create(&desk, json!({ "order": order_id(1), "key": "a" })).await;
    desk.work().await;
    assert_eq!(desk.told(1).await, ["authorised", "captured", "refund.failed"]);
    let shown = desk.order_payments(clerk(), 1, "refundableAmount { amount } refunds { status failureReason }").await;
    let failed = json!({ "status": "FAILED", "failureReason": "The account is closed." });
    assert_eq!(shown[0], json!({ "refundableAmount": { "amount": "25.00" }, "refunds": [failed] }));
    let shown = desk.order_payments(Actor::Anonymous, 1, "refunds { status failureReason }").await;
    let failed = json!({ "status": "FAILED", "failureReason": null });
    assert_eq!(shown[0]["refunds"], json!([failed]), "what the bank says is for the staff");
    desk.tap.set_refuses_refunds(false);
    create(&desk, json!({ "order": order_id(1), "key": "b" })).await;
    desk.work().await;
    assert_eq!(desk.stands(1).await, ("REFUNDED".into(), 2_500, 2_500));
}

#[sqlx::test(migrations = false)]
async fn a_refund_whose_answer_is_lost_is_made_again_and_gives_back_once(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.pay(1, SUCCESS).await;
    create(&desk, json!({ "order": order_id(1), "amount": "5", "key": "a" })).await;
    desk.tap.set_deaf(true);
    desk.work().await;
    desk.tap.set_deaf(false);
    assert_eq!(desk.stands(1).await, ("CAPTURED".into(), 2_500, 0));
    desk.clock.advance(1);
    desk.work().await;
    assert_eq!(desk.tap.count("refund"), 2);
    assert_eq!(desk.stands(1).await, ("PARTIALLY_REFUNDED".into(), 2_500, 500));
    assert_eq!(desk.at_sandbox(1).await, [("CAPTURED".into(), 2_500, 500)]);
}

use serde_json::Value;
use sqlx::PgPool;

use crate::desk::{Desk, SUCCESS};

#[sqlx::test(migrations = false)]
async fn what_has_not_begun_never_begins(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.ask_payment(1, SUCCESS).await;
    desk.undo(1).await;
    desk.work().await;
    assert_eq!(desk.status(1).await, "VOIDED");
    assert_eq!(desk.told(1).await, ["voided"]);
    assert_eq!(desk.tap.calls(), Vec::<String>::new());
}

#[sqlx::test(migrations = false)]
async fn a_request_that_comes_after_its_undoing_never_charges(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.undo(1).await;
    desk.pay(1, SUCCESS).await;
    assert_eq!(desk.status(1).await, "VOIDED");
    assert_eq!(desk.told(1).await, ["voided"]);
    assert_eq!(desk.tap.calls(), Vec::<String>::new());
}

#[sqlx::test(migrations = false)]
async fn what_waits_for_its_shopper_or_its_provider_is_cancelled_there(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    for (order, token) in [(1, "tok_3ds"), (2, "tok_webhook")] {
        desk.pay(order, token).await;
        desk.undo(order).await;
        desk.work().await;
        assert_eq!(desk.status(order).await, "VOIDED", "{token}");
        assert_eq!(desk.told(order).await.last().map(String::as_str), Some("voided"));
        assert_eq!(desk.at_sandbox(order).await, [("CANCELLED".into(), 0, 0)]);
    }
    desk.clock.advance(5);
    assert_eq!(desk.app.deliver_webhooks().await.unwrap(), 0, "nothing is told of what is cancelled");
}

#[sqlx::test(migrations = false)]
async fn what_is_captured_goes_back_whole(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.pay(1, SUCCESS).await;
    desk.undo(1).await;
    desk.work().await;
    assert_eq!(desk.stands(1).await, ("REFUNDED".into(), 2_500, 2_500));
    assert_eq!(desk.told(1).await, ["authorised", "captured", "refunded"]);
    let event = desk.last_event().await;
    assert_eq!((&event["refund_id"], &event["amount"]["minor"]), (&Value::Null, &Value::from(2_500)));
}

#[sqlx::test(migrations = false)]
async fn of_what_is_refunded_in_part_the_rest_goes_back(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.pay(1, SUCCESS).await;
    desk.ask_refund(1, 7, 700).await;
    desk.work().await;
    desk.ask_refund(1, 8, 300).await;
    // One refund is done, one under way.
    desk.undo(1).await;
    desk.work().await;
    assert_eq!(desk.stands(1).await, ("REFUNDED".into(), 2_500, 2_500));
    assert_eq!(desk.at_sandbox(1).await, [("CAPTURED".into(), 2_500, 2_500)]);
}

#[sqlx::test(migrations = false)]
async fn a_refund_that_fails_while_the_payment_is_undone_is_made_part_of_the_undoing(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.pay(1, SUCCESS).await;
    desk.ask_refund(1, 7, 700).await;
    desk.undo(1).await;
    desk.tap.set_refuses_refunds(true);
    desk.work().await;
    // Both refunds were refused once; what the other wanted is asked for by the undoing now, and refused as well.
    desk.work().await;
    assert_eq!(desk.stands(1).await, ("CAPTURED".into(), 2_500, 0));
    let failures = desk.told(1).await.iter().filter(|kind| *kind == "refund.failed").count();
    assert_eq!(failures, 3, "nobody is left in the belief that it is on its way");
}

#[sqlx::test(migrations = false)]
async fn what_has_ended_stays_as_it_ended(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.pay(1, "tok_declined").await;
    desk.undo(1).await;
    desk.work().await;
    assert_eq!(desk.told(1).await, ["failed"]);
}

#[sqlx::test(migrations = false)]
async fn undone_while_the_money_is_being_set_aside_it_is_given_free_and_not_captured(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    for before in [true, false] {
        let order = if before { 1 } else { 2 };
        desk.ask_payment(order, SUCCESS).await;
        let stop = if before { desk.tap.hold_before("authorise") } else { desk.tap.hold_after("authorise") };
        let worker = desk.work_aside();
        stop.arrived().await;
        desk.undo(order).await;
        stop.go();
        worker.await.unwrap();
        desk.work().await;
        assert_eq!(desk.status(order).await, "VOIDED");
        assert_eq!(desk.told(order).await, ["voided"]);
        assert_eq!(desk.at_sandbox(order).await, [("CANCELLED".into(), 0, 0)]);
    }
    assert_eq!(desk.tap.count("capture"), 0);
}

#[sqlx::test(migrations = false)]
async fn undone_while_it_is_being_captured_it_goes_back(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    for before in [true, false] {
        let order = if before { 1 } else { 2 };
        desk.ask_payment(order, SUCCESS).await;
        let stop = if before { desk.tap.hold_before("capture") } else { desk.tap.hold_after("capture") };
        let worker = desk.work_aside();
        stop.arrived().await;
        desk.undo(order).await;
        stop.go();
        worker.await.unwrap();
        desk.work().await;
        assert_eq!(desk.stands(order).await, ("REFUNDED".into(), 2_500, 2_500));
        assert_eq!(desk.told(order).await, ["captured", "refunded"]);
        assert_eq!(desk.at_sandbox(order).await, [("CAPTURED".into(), 2_500, 2_500)]);
    }
}

#[sqlx::test(migrations = false)]
async fn undone_after_the_answer_was_lost_it_is_given_free_without_being_charged_again(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.ask_payment(1, SUCCESS).await;
    desk.tap.set_deaf(true);
    assert_eq!(desk.app.work_once().await.unwrap(), 1);
    desk.tap.set_deaf(false);
    assert_eq!(desk.status(1).await, "REQUESTED", "what became of the call is not known");
    desk.undo(1).await;
    desk.work().await;
    assert_eq!(desk.status(1).await, "VOIDED");
    assert_eq!(desk.tap.calls(), ["authorise", "void"]);
    assert_eq!(desk.at_sandbox(1).await, [("CANCELLED".into(), 0, 0)]);
}

#[sqlx::test(migrations = false)]
async fn undone_while_the_provider_is_away_it_is_told_only_when_it_is_true(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.pay(1, "tok_3ds").await;
    desk.tap.set_away(true);
    desk.undo(1).await;
    desk.work().await;
    assert_eq!(desk.told(1).await, ["action_required"]);
    // Also long after the time to pay.
    desk.clock.advance(3_600);
    desk.work().await;
    assert_eq!(desk.told(1).await, ["action_required"]);
    desk.tap.set_away(false);
    desk.clock.advance(60);
    desk.work().await;
    assert_eq!(desk.told(1).await, ["action_required", "voided"]);
}

#[sqlx::test(migrations = false)]
async fn a_request_and_its_undoing_at_the_same_time_end_without_a_charge(pool: PgPool) {
    use crate::desk::order_id;
    use events::orders::VoidRequested;

    let desk = Desk::open(pool).await;
    for order in 1..=20 {
        let (request, void) =
            (desk.request(order, SUCCESS), VoidRequested { order_id: order_id(order), reason: "cancelled".into() });
        let (one, other) = (desk.app.clone(), desk.app.clone());
        let (first, second) = (desk.pool.clone(), desk.pool.clone());
        let asked = tokio::spawn(async move {
            let mut tx = first.begin().await.unwrap();
            one.request(&mut tx, request).await.unwrap();
            tx.commit().await.unwrap();
        });
        let undone = tokio::spawn(async move {
            let mut tx = second.begin().await.unwrap();
            other.undo(&mut tx, void).await.unwrap();
            tx.commit().await.unwrap();
        });
        asked.await.unwrap();
        undone.await.unwrap();
        assert_eq!(desk.status(order).await, "VOIDED");
        assert_eq!(desk.told(order).await, ["voided"]);
    }
    desk.work().await;
    assert_eq!(desk.tap.calls(), Vec::<String>::new());
}

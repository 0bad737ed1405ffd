use sqlx::PgPool;

use crate::desk::{Desk, SUCCESS, TIME_TO_PAY};

/// Longer than a worker has a payment to itself, in seconds.
const LEASE_OVER: u64 = 41;

#[sqlx::test(migrations = false)]
async fn a_worker_that_dies_between_answer_and_record_leads_to_no_second_charge(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    for (order, call) in [(1, "authorise"), (2, "capture")] {
        desk.ask_payment(order, SUCCESS).await;
        let stop = desk.tap.hold_after(call);
        let worker = desk.work_aside();
        stop.arrived().await;
        worker.abort();
        assert!(worker.await.unwrap_err().is_cancelled());
        desk.work().await;
        assert_eq!(desk.status(order).await, "REQUESTED", "the lease of the dead still holds");
        desk.clock.advance(LEASE_OVER);
        desk.work().await;
        assert_eq!(desk.stands(order).await, ("CAPTURED".into(), 2_500, 0));
        assert_eq!(desk.told(order).await, ["authorised", "captured"]);
        assert_eq!(desk.at_sandbox(order).await, [("CAPTURED".into(), 2_500, 0)]);
    }
}

#[sqlx::test(migrations = false)]
async fn a_worker_that_dies_before_its_first_call_leads_to_one_charge(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.ask_payment(1, SUCCESS).await;
    let stop = desk.tap.hold_before("authorise");
    let worker = desk.work_aside();
    stop.arrived().await;
    worker.abort();
    worker.await.unwrap_err();
    desk.clock.advance(LEASE_OVER);
    desk.work().await;
    assert_eq!(desk.at_sandbox(1).await, [("CAPTURED".into(), 2_500, 0)]);
}

#[sqlx::test(migrations = false)]
async fn a_worker_that_was_overtaken_changes_nothing_when_it_comes_back(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.ask_payment(1, SUCCESS).await;
    let stop = desk.tap.hold_after("authorise");
    let slow = desk.work_aside();
    stop.arrived().await;
    desk.clock.advance(LEASE_OVER);
    desk.work().await;
    assert_eq!(desk.status(1).await, "CAPTURED");
    stop.go();
    slow.await.unwrap();
    assert_eq!(desk.told(1).await, ["authorised", "captured"]);
    assert_eq!(desk.tap.count("capture"), 1, "it saw that the payment is no longer its own");
}

#[sqlx::test(migrations = false)]
async fn workers_at_the_same_time_never_call_for_one_payment_at_once(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.ask_payment(1, "tok_slow").await;
    let workers: Vec<_> = (0..6).map(|_| desk.work_aside()).collect();
    let mut done = 0;
    for worker in workers {
        done += worker.await.unwrap();
    }
    assert_eq!((done, desk.tap.most_at_once()), (1, 1));
    assert_eq!(desk.tap.calls(), ["authorise", "capture"]);
}

#[sqlx::test(migrations = false)]
async fn a_provider_that_comes_back_in_time_is_asked_again_and_the_payment_succeeds(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.tap.set_away(true);
    desk.pay(1, SUCCESS).await;
    assert_eq!(desk.tap.calls(), ["authorise"], "it waits before it tries again");
    desk.clock.advance(1);
    desk.work().await;
    assert_eq!(desk.tap.count("authorise"), 2);
    desk.tap.set_away(false);
    desk.clock.advance(1);
    desk.work().await;
    assert_eq!(desk.status(1).await, "CAPTURED");
    assert_eq!(desk.told(1).await, ["authorised", "captured"]);
}

#[sqlx::test(migrations = false)]
async fn a_capture_whose_answer_is_lost_is_made_again_and_charges_once(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.ask_payment(1, SUCCESS).await;
    let stop = desk.tap.hold_before("capture");
    let worker = desk.work_aside();
    stop.arrived().await;
    desk.tap.set_deaf(true);
    stop.go();
    worker.await.unwrap();
    desk.tap.set_deaf(false);
    assert_eq!(desk.status(1).await, "AUTHORISED");
    desk.clock.advance(1);
    desk.work().await;
    assert_eq!(desk.told(1).await, ["authorised", "captured"]);
    assert_eq!(desk.at_sandbox(1).await, [("CAPTURED".into(), 2_500, 0)]);
}

#[sqlx::test(migrations = false)]
async fn a_provider_that_stays_away_fails_the_payment_when_its_time_is_over(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.tap.set_away(true);
    desk.pay(1, SUCCESS).await;
    for _ in 0..TIME_TO_PAY / 10 - 1 {
        desk.clock.advance(10);
        desk.work().await;
    }
    assert_eq!(desk.status(1).await, "REQUESTED");
    desk.clock.advance(10);
    desk.work().await;
    assert_eq!((desk.status(1).await, desk.failure(1).await), ("FAILED".into(), Some("provider_unavailable".into())));
    assert_eq!(desk.told(1).await, ["failed"]);
}

#[sqlx::test(migrations = false)]
async fn what_a_lost_answer_left_at_the_provider_is_given_free_after_the_failure(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.ask_payment(1, SUCCESS).await;
    desk.tap.set_deaf(true);
    desk.app.work_once().await.unwrap();
    desk.clock.advance(TIME_TO_PAY);
    desk.work().await;
    assert_eq!(desk.failure(1).await.as_deref(), Some("provider_unavailable"));
    desk.tap.set_deaf(false);
    desk.clock.advance(60);
    desk.work().await;
    assert_eq!(desk.at_sandbox(1).await, [("CANCELLED".into(), 0, 0)]);
    assert_eq!((desk.status(1).await, desk.told(1).await), ("FAILED".into(), vec!["failed".to_owned()]));
    desk.clock.advance(3_600);
    assert_eq!(desk.app.work_once().await.unwrap(), 0, "then nothing is left to do");
}

#[sqlx::test(migrations = false)]
async fn what_was_captured_by_a_lost_call_goes_back_after_the_failure(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.ask_payment(1, SUCCESS).await;
    let stop = desk.tap.hold_before("capture");
    let worker = desk.work_aside();
    stop.arrived().await;
    desk.tap.set_deaf(true);
    stop.go();
    worker.await.unwrap();
    desk.clock.advance(TIME_TO_PAY);
    desk.work().await;
    assert_eq!(desk.told(1).await, ["authorised", "failed"]);
    desk.tap.set_deaf(false);
    desk.clock.advance(60);
    desk.work().await;
    assert_eq!(desk.stands(1).await, ("REFUNDED".into(), 2_500, 2_500));
    assert_eq!(desk.told(1).await, ["authorised", "failed", "captured", "refunded"]);
    assert_eq!(desk.at_sandbox(1).await, [("CAPTURED".into(), 2_500, 2_500)]);
}

#[sqlx::test(migrations = false)]
async fn what_waits_past_its_time_expires_and_is_cancelled_at_the_provider(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    for (order, token) in [(1, "tok_3ds"), (2, "tok_webhook")] {
        desk.pay(order, token).await;
    }
    desk.clock.advance(TIME_TO_PAY);
    desk.work().await;
    for order in [1, 2] {
        assert_eq!((desk.status(order).await, desk.failure(order).await), ("FAILED".into(), Some("expired".into())));
        assert_eq!(desk.told(order).await.last().map(String::as_str), Some("failed"));
        assert_eq!(desk.at_sandbox(order).await, [("CANCELLED".into(), 0, 0)]);
    }
}

#[sqlx::test(migrations = false)]
async fn what_could_not_begin_in_time_expires_without_a_call(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.ask_payment(1, SUCCESS).await;
    desk.clock.advance(TIME_TO_PAY);
    desk.work().await;
    assert_eq!((desk.status(1).await, desk.failure(1).await), ("FAILED".into(), Some("expired".into())));
    assert_eq!(desk.tap.calls(), Vec::<String>::new());
}

#[sqlx::test(migrations = false)]
async fn an_authorisation_that_comes_after_the_time_to_pay_is_not_captured(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.ask_payment(1, SUCCESS).await;
    // Its lease is as good as the time to pay here: only the time to pay is over.
    desk.clock.advance(TIME_TO_PAY - 1);
    let stop = desk.tap.hold_after("authorise");
    let worker = desk.work_aside();
    stop.arrived().await;
    desk.clock.advance(1);
    stop.go();
    worker.await.unwrap();
    desk.work().await;
    assert_eq!(desk.status(1).await, "FAILED");
    assert_eq!(desk.tap.calls(), ["authorise", "void"]);
    assert_eq!(desk.told(1).await, ["failed"]);
    assert_eq!(desk.at_sandbox(1).await, [("CANCELLED".into(), 0, 0)]);
}

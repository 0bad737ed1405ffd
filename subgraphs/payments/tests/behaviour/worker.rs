use std::time::{Duration, Instant};

use chassis::Notifications;
use sqlx::PgPool;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use crate::desk::{Desk, SUCCESS};

async fn until(desk: &Desk, order: u128, status: &str) {
    let give_up = Instant::now() + Duration::from_secs(20);
    while desk.status(order).await != status {
        assert!(Instant::now() < give_up, "order {order} is {}", desk.status(order).await);
        sleep(Duration::from_millis(2)).await;
    }
}

#[sqlx::test(migrations = false)]
async fn the_service_does_by_itself_what_is_asked_of_it_until_it_is_told_to_stop(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    let stop = CancellationToken::new();
    let heard = Notifications::over(desk.resources.pool.clone());
    let tasks = payments::service(&desk.resources).tasks.into_iter().map(|task| task.spawn(stop.clone(), &heard));
    let tasks: Vec<_> = tasks.collect();
    desk.ask_payment(1, SUCCESS).await;
    until(&desk, 1, "CAPTURED").await;
    desk.ask_refund(1, 7, 500).await;
    until(&desk, 1, "PARTIALLY_REFUNDED").await;
    desk.undo(1).await;
    until(&desk, 1, "REFUNDED").await;
    desk.ask_payment(2, "tok_webhook").await;
    until(&desk, 2, "PENDING").await;
    desk.clock.advance(1);
    until(&desk, 2, "CAPTURED").await;
    stop.cancel();
    for task in tasks {
        task.await.unwrap();
    }
    desk.ask_payment(3, SUCCESS).await;
    assert_eq!(desk.status(3).await, "REQUESTED");
}

#[sqlx::test(migrations = false)]
async fn a_slow_payment_does_not_hold_up_the_others(pool: PgPool) {
    let mut desk = Desk::open(pool.clone()).await;
    let stop = CancellationToken::new();
    let running = tokio::spawn(desk.app.clone().work(stop.clone(), Notifications::over(pool)));
    let held = desk.tap.hold_after("authorise");
    desk.ask_payment(1, SUCCESS).await;
    held.arrived().await;
    desk.ask_payment(2, SUCCESS).await;
    until(&desk, 2, "CAPTURED").await;
    assert_eq!(desk.status(1).await, "REQUESTED");
    held.go();
    until(&desk, 1, "CAPTURED").await;
    stop.cancel();
    running.await.unwrap();
}

#[sqlx::test(migrations = false)]
async fn many_payments_are_under_way_at_once_and_each_is_charged_once(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    for order in 1..=40 {
        desk.ask_payment(order, "tok_slow").await;
    }
    let workers: Vec<_> = (0..3).map(|_| desk.work_aside()).collect();
    for worker in workers {
        worker.await.unwrap();
    }
    desk.work().await;
    assert!(desk.tap.most_at_once() > 1);
    assert_eq!((desk.tap.count("authorise"), desk.tap.count("capture")), (40, 40));
    assert_eq!(desk.balance("provider:sandbox").await, 40 * 2_500);
}

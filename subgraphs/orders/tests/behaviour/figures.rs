use events::inventory::{StockCommitted, StockReserved};
use events::payments::PaymentCaptured;
use kernel::{Clock, Currency, Money, PaymentId};
use metrics_exporter_prometheus::PrometheusBuilder;
use sqlx::PgPool;
use uuid::Uuid;

use crate::desk::Desk;

#[sqlx::test(migrations = false)]
async fn steps_are_timed_and_the_one_that_waits_longest_is_told(pool: PgPool) {
    let recorder = PrometheusBuilder::new().build_recorder();
    let handle = recorder.handle();
    // The test has one thread.
    let _recording = metrics::set_default_local_recorder(&recorder);
    let mut desk = Desk::open(pool).await;
    let oldest = async |desk: &Desk| {
        desk.app.tell_oldest().await.unwrap();
        let step = |name| {
            let start = format!("orders_step_oldest_seconds{{step=\"{name}\"}} ");
            let figures = handle.render();
            let line = figures.lines().find_map(|line| line.strip_prefix(&start)).map(str::to_owned);
            line.unwrap_or_else(|| panic!("no {start}: {figures}"))
        };
        ["reserve", "pay", "commit", "undo"].map(step)
    };
    let order = desk.order().await;
    desk.clock.advance(2);
    desk.order().await;
    desk.clock.advance(3);
    assert_eq!(oldest(&desk).await, ["5", "0", "0", "0"]);
    let expires_at = desk.clock.now() + time::Duration::minutes(15);
    desk.wire.deliver(&StockReserved { order_id: order, expires_at, allocations: vec![] }).await;
    desk.clock.advance(4);
    assert_eq!(oldest(&desk).await, ["7", "4", "0", "0"], "the first order pays, the second waits for its goods");
    let amount = Money { minor: 4490, currency: Currency::EUR };
    let payment_id = PaymentId(Uuid::from_u128(7));
    desk.wire.deliver(&PaymentCaptured { order_id: order, payment_id, amount }).await;
    desk.clock.advance(6);
    assert_eq!(oldest(&desk).await, ["13", "0", "6", "0"]);
    desk.wire.deliver(&StockCommitted { order_id: order, allocations: vec![] }).await;
    assert_eq!(oldest(&desk).await, ["13", "0", "0", "0"]);
    let figures = handle.render();
    for (step, took) in [("reserve", 5), ("pay", 4), ("commit", 6)] {
        let sum = format!("orders_step_duration_seconds_sum{{step=\"{step}\",outcome=\"done\"}} {took}");
        assert!(figures.contains(&sum), "{sum}: {figures}");
    }
}

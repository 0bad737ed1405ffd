//! The process dies between any two steps of an order, and the order still ends right.

use std::time::Duration;

use e2e::{Platform, data_dir, free_ports};
use serde_json::Value;
use tokio::time::sleep;

#[tokio::test]
async fn an_order_survives_a_killed_process_at_any_step() {
    let (data, port) = (data_dir(), free_ports(0));
    let mut platform = Platform::start(data.path(), port).await;
    let offer = platform.offer("arc-reading-lamp").await;
    let mut orders = Vec::new();
    // Killed at different moments after the checkout: before the reservation, in the payment, after it.
    for pause in [0, 3, 8, 20, 60, 200] {
        orders.push(platform.buy(None, &offer.id, "tok_success").await);
        sleep(Duration::from_millis(pause)).await;
        platform.kill().await;
        platform = Platform::start(data.path(), port).await;
    }
    for id in &orders {
        let over = |order: &Value| order["status"] == "CONFIRMED" && order["stockStatus"] == "COMMITTED";
        let order = platform.order_when(None, id, over).await;
        let payments = order["payments"].as_array().unwrap();
        assert_eq!(payments.len(), 1, "charged once: {order}");
        assert_eq!(payments[0]["status"], "CAPTURED");
        let kinds: Vec<&str> =
            order["timeline"].as_array().unwrap().iter().map(|e| e["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds.iter().filter(|kind| **kind == "PAYMENT_CAPTURED").count(), 1, "{kinds:?}");
    }
    let left = platform.offer("arc-reading-lamp").await.left;
    assert_eq!(left, offer.left - i64::try_from(orders.len()).unwrap(), "each order took one unit");
    platform.stop().await;
}

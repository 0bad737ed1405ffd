//! The same order on RabbitMQ, Redis and OpenSearch, with each service in a process of its own.

use e2e::{Distributed, free_ports};
use serde_json::{Value, json};

#[tokio::test]
async fn orders_survive_killed_replicas_on_the_real_servers() {
    let mut all = Distributed::start(free_ports(0), free_ports(1)).await;
    let platform = &all.platform;
    let shopper = platform.sign_in("shopper@example.com").await;
    let offer = platform.offer("arc-reading-lamp").await;
    let over = |order: &Value| order["status"] == "CONFIRMED" && order["stockStatus"] == "COMMITTED";

    let id = platform.buy(Some(&shopper), &offer.id, "tok_success").await;
    platform.order_when(Some(&shopper), &id, over).await;
    all.collector.whole_order().await;
    let declined = platform.buy(None, &offer.id, "tok_declined").await;
    platform.order_when(None, &declined, |order| order["status"] == "CANCELLED").await;

    let find = "query { productSearch(query: \"arc lmap\", first: 5) { degraded edges { node { slug } } } }";
    e2e::eventually("search finds it in spite of the typo", async || {
        let found = platform.ask(None, find, json!({})).await;
        let hits = found["productSearch"]["edges"].as_array()?;
        let hit = hits.iter().any(|hit| hit["node"]["slug"] == "arc-reading-lamp");
        (hit && found["productSearch"]["degraded"] == false).then_some(())
    })
    .await;

    // The replicas that work off the queues die with orders under way; the others take over.
    let mut orders = Vec::new();
    for _ in 0..5 {
        orders.push(platform.buy(None, &offer.id, "tok_success").await);
    }
    all.kill_second_replicas().await;
    let platform = &all.platform;
    for id in &orders {
        let order = platform.order_when(None, id, over).await;
        let captured = order["payments"].as_array().unwrap().iter().filter(|payment| payment["status"] == "CAPTURED");
        assert_eq!(captured.count(), 1, "charged once: {order}");
    }
    assert_eq!(platform.offer("arc-reading-lamp").await.left, offer.left - 6, "each order took one unit");
    all.stop().await;
}

//! An order followed through the gateway, over WebSocket (graphql-transport-ws) and over SSE.

use e2e::{Platform, data_dir, free_ports};
use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

const FOLLOW: &str = "subscription($id: ID!) { orderStatusChanged(orderId: $id) {
    status lines { variant { product { title } } } } }";

/// What a client is sent over WebSocket until the subscription ends or the order does: the payloads, and whether it ended.
async fn over_websocket(platform: &Platform, token: Option<&str>, id: &str) -> (Vec<Value>, bool) {
    let url = format!("{}/graphql", platform.address.replacen("http", "ws", 1));
    let mut request = url.into_client_request().expect("an address");
    request.headers_mut().insert("sec-websocket-protocol", "graphql-transport-ws".parse().expect("a protocol"));
    let (mut socket, _) = connect_async(request).await.expect("the gateway takes the connection");
    let authorization = token.map_or(json!({}), |token| json!({ "authorization": format!("Bearer {token}") }));
    let init = json!({ "type": "connection_init", "payload": authorization });
    socket.send(Message::text(init.to_string())).await.expect("sent");
    let (mut payloads, mut subscribed) = (Vec::new(), false);
    while let Some(Ok(message)) = socket.next().await {
        let Message::Text(text) = message else { continue };
        let message: Value = serde_json::from_str(&text).expect("JSON");
        match message["type"].as_str() {
            Some("connection_ack") if !subscribed => {
                subscribed = true;
                let payload = json!({ "query": FOLLOW, "variables": { "id": id } });
                let subscribe = json!({ "id": "1", "type": "subscribe", "payload": payload });
                socket.send(Message::text(subscribe.to_string())).await.expect("sent");
            }
            Some("next") => {
                payloads.push(message["payload"]["data"]["orderStatusChanged"].clone());
                if payloads.last().is_some_and(|order| order["status"] == "CONFIRMED") {
                    return (payloads, false);
                }
            }
            Some("complete") => return (payloads, true),
            _ => {}
        }
    }
    panic!("the connection ended after {payloads:?}");
}

fn statuses(orders: &[Value]) -> Vec<&str> {
    orders.iter().filter_map(|order| order["status"].as_str()).collect()
}

#[tokio::test]
async fn an_order_is_followed_to_its_end_and_only_by_who_may_see_it() {
    let data = data_dir();
    let platform = Platform::start(data.path(), free_ports(0)).await;
    let shopper = platform.sign_in("shopper@example.com").await;
    let lamp = platform.offer("arc-reading-lamp").await;

    // Slow enough that the payment is still under way when the client begins to follow.
    let id = platform.buy(Some(&shopper), &lamp.id, "tok_slow").await;
    let (followed, ended) = over_websocket(&platform, Some(&shopper), &id).await;
    let seen = statuses(&followed);
    assert!(!ended && seen.contains(&"RESERVED") && seen.last() == Some(&"CONFIRMED"), "{followed:?}");
    // What products own is joined in.
    assert_eq!(followed[0]["lines"][0]["variant"]["product"]["title"], "Arc Reading Lamp");

    // Another account and a guest are told nothing.
    let other = platform.sign_in("product-manager@example.com").await;
    for token in [Some(other.as_str()), None] {
        assert_eq!(over_websocket(&platform, token, &id).await, (Vec::new(), true));
    }

    // A guest's own order, over SSE.
    let id = platform.buy(None, &lamp.id, "tok_slow").await;
    let followed =
        platform.follow(None, FOLLOW, json!({ "id": id }), |data| data["orderStatusChanged"]["status"] == "CONFIRMED");
    let orders: Vec<Value> = followed.await.into_iter().map(|mut data| data["orderStatusChanged"].take()).collect();
    let seen = statuses(&orders);
    assert!(seen.contains(&"RESERVED") && seen.last() == Some(&"CONFIRMED"), "{orders:?}");
    platform.stop().await;
}

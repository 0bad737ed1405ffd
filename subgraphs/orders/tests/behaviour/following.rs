use async_graphql::futures_util::StreamExt;
use async_graphql::{Request, Variables};
use events::inventory::StockReserved;
use kernel::{Actor, Clock};
use serde_json::{Value, json};
use sqlx::PgPool;
use testkit::shopper;

use crate::desk::{Desk, MUG};

const FOLLOW: &str = "subscription($id: ID!) { orderStatusChanged(orderId: $id) { status version } }";

fn follow(actor: Actor, id: &str) -> Request {
    Request::new(FOLLOW).variables(Variables::from_json(json!({ "id": id }))).data(actor)
}

#[sqlx::test(migrations = false)]
async fn a_follower_sees_the_state_of_now_and_then_every_change(pool: PgPool) {
    let mut desk = Desk::open(pool.clone()).await;
    let order = desk.order().await;
    // The app that the schema holds hears of changes as the running service does.
    let api = orders::api_with(desk.app.clone());
    let (app, heard) = (desk.app.clone(), chassis::Notifications::over(pool));
    let listening = tokio::spawn(async move { app.follow_changes(&heard).await });
    let mut stream = api.execute_stream(follow(Actor::Anonymous, &order.to_string()));
    let first: Value = serde_json::to_value(stream.next().await.unwrap()).unwrap();
    assert_eq!(first["data"]["orderStatusChanged"], json!({ "status": "PENDING", "version": 1 }), "{first}");
    let expires_at = desk.clock.now();
    desk.wire.deliver(&StockReserved { order_id: order, expires_at, allocations: vec![] }).await;
    let second: Value = serde_json::to_value(stream.next().await.unwrap()).unwrap();
    assert_eq!(second["data"]["orderStatusChanged"], json!({ "status": "RESERVED", "version": 2 }), "{second}");
    listening.abort();
}

#[sqlx::test(migrations = false)]
async fn nobody_follows_the_order_of_another(pool: PgPool) {
    let desk = Desk::open(pool).await;
    let ada = shopper(1);
    let cart = desk.cart(&ada, &[(MUG, 1)]).await;
    let placed = desk.checkout(&ada, &cart, "tok_success", "k1").await;
    let id = placed["order"]["id"].as_str().unwrap();
    for (actor, id) in [(shopper(2), id), (Actor::Anonymous, id), (ada.clone(), "nonsense")] {
        assert!(desk.api.execute_stream(follow(actor, id)).next().await.is_none());
    }
    assert!(desk.api.execute_stream(follow(ada, id)).next().await.is_some());
}

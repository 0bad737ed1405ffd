use async_graphql::futures_util::{Stream, StreamExt};
use async_graphql::{Request, Response, Variables};
use inventory::ApiSchema;
use kernel::Actor;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::depot::{Depot, release, reserve, variant};

fn follow(api: &ApiSchema, ids: &[Value]) -> impl Stream<Item = Response> + Unpin + use<> {
    let query = "subscription($ids: [ID!]!) { stockChanged(variantIds: $ids) { id availability { quantity status } } }";
    let variables = Variables::from_json(json!({ "ids": ids }));
    api.execute_stream(Request::new(query).variables(variables).data(Actor::Anonymous)).boxed()
}

async fn next(stream: &mut (impl Stream<Item = Response> + Unpin)) -> Value {
    let sent = tokio::time::timeout(std::time::Duration::from_secs(20), stream.next()).await;
    serde_json::to_value(sent.expect("something is sent").unwrap()).unwrap()["data"]["stockChanged"].clone()
}

fn shown(of: u128, quantity: i64, status: &str) -> Value {
    json!({ "id": variant(of), "availability": { "quantity": quantity, "status": status } })
}

#[sqlx::test(migrations = false)]
async fn a_follower_sees_the_levels_of_now_and_then_every_change(pool: PgPool) {
    let mut depot = Depot::with(pool.clone(), &[10, 4, 10]).await;
    // The app that the schema holds hears of changes as the running service does.
    let api = inventory::api_of(depot.app.clone());
    let (app, heard) = (depot.app.clone(), chassis::Notifications::over(pool));
    let listening = tokio::spawn(async move { app.follow_levels(&heard, || ()).await });
    let ids = [json!(variant(1)), json!(variant(2)), json!(variant(9)), json!("nonsense"), json!(variant(1))];
    let mut stream = follow(&api, &ids);
    assert_eq!(next(&mut stream).await, shown(1, 10, "IN_STOCK"));
    assert_eq!(next(&mut stream).await, shown(2, 4, "LOW_STOCK"));
    assert_eq!(next(&mut stream).await, shown(9, 0, "OUT_OF_STOCK"), "nothing is known of it yet");
    // Of variant 3, which is not followed, nothing is heard.
    depot.wire.deliver(&reserve(1, &[(3, 1)])).await;
    depot.wire.deliver(&reserve(2, &[(1, 6)])).await;
    assert_eq!(next(&mut stream).await, shown(1, 4, "LOW_STOCK"));
    depot.wire.deliver(&release(2)).await;
    assert_eq!(next(&mut stream).await, shown(1, 10, "IN_STOCK"));
    depot.wire.deliver(&crate::depot::created(9, Some(7))).await;
    assert_eq!(next(&mut stream).await, shown(9, 7, "IN_STOCK"));
    listening.abort();
}

#[sqlx::test(migrations = false)]
async fn too_many_variants_are_refused_and_none_is_an_end(pool: PgPool) {
    let depot = Depot::with(pool, &[10]).await;
    let api = inventory::api_of(depot.app.clone());
    assert!(follow(&api, &[json!("nonsense")]).next().await.is_none());
    let many: Vec<Value> = (0..101).map(|of| json!(variant(of))).collect();
    let refused = serde_json::to_value(follow(&api, &many).next().await.unwrap()).unwrap();
    assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{refused}");
}

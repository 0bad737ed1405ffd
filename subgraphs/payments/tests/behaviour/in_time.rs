use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use payments::Resources;
use serde_json::{Value, json};
use sqlx::PgPool;
use sqlx::postgres::PgPoolOptions;
use tower::ServiceExt;

use crate::desk::Desk;

async fn ask(router: &Router, milliseconds: u32) -> Value {
    let query = json!({ "query": "{ payment(id: \"00000000-0000-7000-8000-000000000000\") { status } }" });
    let request = Request::post("/graphql")
        .header("content-type", "application/json")
        .header("x-request-timeout-ms", milliseconds)
        .body(Body::from(query.to_string()))
        .unwrap();
    let answer = router.clone().oneshot(request).await.unwrap();
    assert_eq!(answer.status(), 200);
    serde_json::from_slice(&to_bytes(answer.into_body(), 1 << 20).await.unwrap()).unwrap()
}

#[sqlx::test(migrations = false)]
async fn a_request_waits_for_the_database_no_longer_than_it_may_and_leaves_the_connection_in_order(pool: PgPool) {
    let desk = Desk::open(pool.clone()).await;
    let options = pool.connect_options().as_ref().clone();
    let only = PgPoolOptions::new().max_connections(1).connect_with(options).await.unwrap();
    let router = payments::service(&Resources { pool: only, ..desk.resources.clone() }).router;
    let mut locked = pool.begin().await.unwrap();
    sqlx::query("lock table payments.payment in access exclusive mode").execute(&mut *locked).await.unwrap();
    let began = Instant::now();
    let late = ask(&router, 100).await;
    assert_eq!(late["errors"][0]["extensions"]["code"], "UNAVAILABLE", "{late}");
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    locked.rollback().await.unwrap();
    assert_eq!(ask(&router, 60_000).await, json!({ "data": { "payment": null } }));
}

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use kernel::Clock;
use payments::adapters::{Provider, sign};
use serde_json::{Value, json};
use sqlx::PgPool;
use time::OffsetDateTime;
use tower::ServiceExt;

use crate::desk::{Desk, order_id};

async fn post(router: &Router, path: &str, signature: Option<&str>, body: Vec<u8>) -> u16 {
    let mut request = Request::post(path);
    if let Some(signature) = signature {
        request = request.header("sandbox-signature", signature);
    }
    let answer = router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
    answer.status().as_u16()
}

/// A payment that waits for its webhook, and the webhook.
async fn waiting(desk: &mut Desk) -> (Router, Vec<u8>, String) {
    desk.pay(1, "tok_webhook").await;
    assert_eq!(desk.status(1).await, "PENDING");
    let payment: uuid::Uuid =
        sqlx::query_scalar("select id from payments.payment").fetch_one(&desk.pool).await.unwrap();
    sqlx::query("update payments.sandbox_charge set status = 'AUTHORISED'").execute(&desk.pool).await.unwrap();
    let event = json!({ "id": "evt_1", "payment_id": payment, "reference": "sbx_1", "status": "authorised" });
    let body = serde_json::to_vec(&event).unwrap();
    let header = sign(desk.tap.sandbox.webhook_secret().await.unwrap(), &body, desk.clock.now());
    (payments::service(&desk.resources).router, body, header)
}

async fn stored(desk: &Desk) -> Value {
    let sql = "select jsonb_build_array((select jsonb_agg(p) from payments.payment p), (select count(*) from payments.outbox),
        (select jsonb_agg(w) from payments.webhook_event w))";
    sqlx::query_scalar(sql).fetch_one(&desk.pool).await.unwrap()
}

#[sqlx::test(migrations = false)]
async fn the_sandbox_sends_its_webhook_itself_and_the_payment_is_captured(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.pay(1, "tok_webhook").await;
    assert_eq!(desk.app.deliver_webhooks().await.unwrap(), 0, "not yet");
    assert_eq!((desk.status(1).await, desk.told(1).await), ("PENDING".into(), Vec::new()));
    desk.clock.advance(1);
    assert_eq!(desk.app.deliver_webhooks().await.unwrap(), 1);
    assert_eq!(desk.app.deliver_webhooks().await.unwrap(), 0, "once");
    desk.work().await;
    assert_eq!(desk.status(1).await, "CAPTURED");
    assert_eq!(desk.told(1).await, ["authorised", "captured"]);
}

#[sqlx::test(migrations = false)]
async fn a_webhook_that_comes_again_is_accepted_and_does_nothing(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    let (router, body, header) = waiting(&mut desk).await;
    assert_eq!(post(&router, "/webhooks/sandbox", Some(&header), body.clone()).await, 200);
    assert_eq!(desk.told(1).await, ["authorised"]);
    let after = stored(&desk).await;
    for _ in 0..2 {
        assert_eq!(post(&router, "/webhooks/sandbox", Some(&header), body.clone()).await, 200);
    }
    assert_eq!(stored(&desk).await, after);
    desk.work().await;
    assert_eq!(post(&router, "/webhooks/sandbox", Some(&header), body).await, 200);
    assert_eq!(desk.told(1).await, ["authorised", "captured"]);
}

#[sqlx::test(migrations = false)]
async fn the_same_webhook_twice_at_the_same_time_has_its_effect_once(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    let (router, body, header) = waiting(&mut desk).await;
    let both = [0, 1].map(|_| {
        let (router, body, header) = (router.clone(), body.clone(), header.clone());
        tokio::spawn(async move { post(&router, "/webhooks/sandbox", Some(&header), body).await })
    });
    for one in both {
        assert_eq!(one.await.unwrap(), 200);
    }
    assert_eq!(desk.told(1).await, ["authorised"]);
}

#[sqlx::test(migrations = false)]
async fn a_webhook_that_is_forged_or_stale_is_refused_and_changes_nothing(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    let (router, body, header) = waiting(&mut desk).await;
    let before = stored(&desk).await;
    let secret = desk.tap.sandbox.webhook_secret().await.unwrap();
    let now = desk.clock.now();
    let other_secret = sign(&"whsec_other".to_owned().into(), &body, now);
    let old = sign(secret, &body, now - time::Duration::seconds(301));
    let future = sign(secret, &body, now + time::Duration::seconds(301));
    let mut changed = body.clone();
    changed[10] ^= 1;
    let cases = [
        (None, body.clone()),
        (Some(""), body.clone()),
        (Some("t=1,v1=00"), body.clone()),
        (Some(other_secret.as_str()), body.clone()),
        (Some(old.as_str()), body.clone()),
        (Some(future.as_str()), body.clone()),
        (Some(header.as_str()), changed),
        (Some(header.as_str()), Vec::new()),
    ];
    for (signature, body) in cases {
        assert_eq!(post(&router, "/webhooks/sandbox", signature, body).await, 400, "{signature:?}");
    }
    let garbage = b"{}".to_vec();
    let signed = sign(secret, &garbage, now);
    assert_eq!(post(&router, "/webhooks/sandbox", Some(&signed), garbage).await, 400, "signed, but unreadable");
    assert_eq!(stored(&desk).await, before);
    assert_eq!(post(&router, "/webhooks/sandbox", Some(&header), body).await, 200, "the real one still counts");
}

#[sqlx::test(migrations = false)]
async fn an_unknown_provider_is_not_found_and_a_huge_body_is_too_large(pool: PgPool) {
    let desk = Desk::open(pool).await;
    let router = payments::service(&desk.resources).router;
    assert_eq!(post(&router, "/webhooks/elsewhere", None, Vec::new()).await, 404);
    assert_eq!(post(&router, "/webhooks/stripe", None, Vec::new()).await, 404, "it is not configured here");
    assert_eq!(post(&router, "/webhooks/sandbox", None, vec![b' '; 300_000]).await, 413);
}

#[sqlx::test(migrations = false)]
async fn a_webhook_about_nothing_of_ours_is_accepted(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    let (router, _, _) = waiting(&mut desk).await;
    for (payment, status) in [(uuid::Uuid::from_u128(99), "authorised"), (uuid::Uuid::from_u128(99), "renamed")] {
        let event = json!({ "id": format!("evt_{status}"), "payment_id": payment, "reference": "r", "status": status });
        let body = serde_json::to_vec(&event).unwrap();
        let header = sign(desk.tap.sandbox.webhook_secret().await.unwrap(), &body, desk.clock.now());
        assert_eq!(post(&router, "/webhooks/sandbox", Some(&header), body).await, 200);
    }
    assert_eq!(desk.status(1).await, "PENDING");
}

#[sqlx::test(migrations = false)]
async fn a_webhook_that_is_faster_than_the_answer_it_belongs_to_counts_once(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.ask_payment(1, "tok_webhook").await;
    let stop = desk.tap.hold_after("authorise");
    let worker = desk.work_aside();
    stop.arrived().await;
    desk.clock.advance(1);
    assert_eq!(desk.app.deliver_webhooks().await.unwrap(), 1);
    stop.go();
    worker.await.unwrap();
    desk.work().await;
    assert_eq!(desk.status(1).await, "CAPTURED");
    assert_eq!(desk.told(1).await, ["authorised", "captured"]);
}

#[sqlx::test(migrations = false)]
async fn a_webhook_that_comes_after_the_undoing_does_not_bring_the_payment_back(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    let (router, body, header) = waiting(&mut desk).await;
    desk.undo(1).await;
    assert_eq!(post(&router, "/webhooks/sandbox", Some(&header), body).await, 200);
    desk.work().await;
    assert_eq!(desk.status(1).await, "VOIDED");
    assert_eq!(desk.told(1).await, ["voided"]);
    assert_eq!(desk.at_sandbox(1).await, [("CANCELLED".into(), 0, 0)]);
}

#[sqlx::test(migrations = false)]
async fn all_replicas_sign_and_verify_with_one_secret_that_outlives_them(pool: PgPool) {
    let desk = Desk::open(pool.clone()).await;
    let body =
        br#"{"id":"evt_1","payment_id":"00000000-0000-0000-0000-000000000001","reference":"r","status":"authorised"}"#;
    let now: OffsetDateTime = desk.clock.now();
    let header = sign(desk.tap.sandbox.webhook_secret().await.unwrap(), body, now);
    let other = payments::adapters::Sandbox::new(pool, desk.clock.clone(), Default::default());
    let headers = [("sandbox-signature".parse().unwrap(), header.parse().unwrap())].into_iter().collect();
    assert_eq!(other.verify_webhook(body, &headers, now).await.unwrap().event_id, "evt_1");
    assert_eq!(desk.order_payments(kernel::Actor::Anonymous, 1, "id").await, json!([]), "{}", order_id(1));
}

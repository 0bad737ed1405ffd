//! What is Stripe's alone.

use std::sync::Arc;
use std::time::Duration;

use axum::http::HeaderMap;
use kernel::{Clock, PaymentId};
use payments::adapters::{Call, Charge, GiveBack, Provider, Providers, WebhookError, sign};
use payments::domain::{Answer, Decline, RefundAnswer};
use serde_json::json;
use sqlx::PgPool;
use testkit::ManualClock;
use uuid::Uuid;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::contract::{START, call, charge};
use crate::desk::{euros, order_id};
use crate::fake_stripe::{FakeStripe, client};

#[tokio::test]
async fn stripe_is_asked_with_manual_capture_and_gets_no_card_data() {
    let (fake, _server, stripe) = FakeStripe::start().await;
    stripe.authorise(&call("k"), &charge(1, "pm_card_visa")).await.unwrap();
    let (path, form) = fake.requests().remove(0);
    assert_eq!(path, "/v1/payment_intents");
    assert_eq!((form["amount"].as_str(), form["receipt_email"].as_str()), ("2500", "ada@example.org"));
    assert_eq!(form["payment_method"], "pm_card_visa");
    assert_eq!(form["return_url"], format!("http://localhost:3000/orders/{}", order_id(1)));
    assert!(form.keys().all(|name| !name.contains("number") && !name.contains("cvc")), "{form:?}");
}

#[tokio::test]
async fn stripes_confidential_decline_codes_are_not_passed_on() {
    let (_fake, _server, stripe) = FakeStripe::start().await;
    let answer = stripe.authorise(&call("k"), &charge(1, "tok_stolen")).await.unwrap();
    assert_eq!(answer, Answer::Declined(Decline::new("card_declined", "Your card was declined.")));
}

#[tokio::test]
async fn what_stripe_does_not_answer_clearly_is_unavailable_and_never_a_refusal() {
    let server = MockServer::start().await;
    let stripe = client(&server.uri());
    let error = json!({ "error": { "type": "api_error", "message": "hush-hush" } });
    for (status, body) in [
        (500, error.clone()),
        (503, json!("garbage")),
        (429, json!({ "error": { "type": "invalid_request_error", "code": "rate_limit" } })),
        (409, json!({ "error": { "type": "invalid_request_error", "code": "idempotency_key_in_use" } })),
        (400, json!({ "error": { "type": "idempotency_error" } })),
        (401, json!({ "error": { "type": "invalid_request_error" } })),
        (400, json!("garbage")),
        (200, json!({ "unexpected": true })),
        (200, json!({ "id": "pi_1", "status": "invented_later" })),
        (302, json!({})),
    ] {
        server.reset().await;
        Mock::given(any()).respond_with(ResponseTemplate::new(status).set_body_json(&body)).mount(&server).await;
        let answer = stripe.authorise(&call("k"), &charge(1, "tok_success")).await;
        assert!(matches!(&answer, Err(why) if !why.to_string().contains("hush")), "{status} {body}: {answer:?}");
    }
    drop(server);
    let nobody = client("http://127.0.0.1:1").authorise(&call("k"), &charge(1, "tok_success")).await;
    assert!(nobody.is_err(), "{nobody:?}");
}

#[tokio::test]
async fn stripe_that_takes_too_long_is_unavailable() {
    let server = MockServer::start().await;
    let slow = ResponseTemplate::new(200).set_delay(Duration::from_secs(30));
    Mock::given(any()).respond_with(slow).mount(&server).await;
    let stripe = client(&server.uri());
    let hasty = Call { deadline: Duration::from_millis(50), ..call("k") };
    assert!(stripe.authorise(&hasty, &charge(1, "tok_success")).await.is_err());
}

#[tokio::test]
async fn stripe_is_not_believed_that_a_fresh_payment_never_arrived() {
    let (_fake, _server, stripe) = FakeStripe::start().await;
    let mut fresh = charge(1, "tok_success");
    fresh.begun_at = Some(call("k").now - time::Duration::seconds(119));
    assert!(stripe.void(&call("k"), &fresh).await.is_err(), "its search may lag");
}

#[tokio::test]
async fn a_refund_that_is_pending_at_stripe_is_asked_for_by_its_name() {
    let server = MockServer::start().await;
    let stripe = client(&server.uri());
    let charge = Charge { reference: Some("pi_1".into()), ..charge(1, "tok_success") };
    for (status, reference, expected) in [
        ("pending", None, RefundAnswer::Pending { reference: "re_1".into() }),
        ("succeeded", Some("re_1".to_owned()), RefundAnswer::Refunded),
        (
            "failed",
            Some("re_1".to_owned()),
            RefundAnswer::Declined(Decline::new("expired_or_canceled_card", "The bank did not accept the refund.")),
        ),
    ] {
        server.reset().await;
        let body = json!({ "id": "re_1", "status": status, "failure_reason": "expired_or_canceled_card" });
        Mock::given(any()).respond_with(ResponseTemplate::new(200).set_body_json(body)).mount(&server).await;
        let asks = if reference.is_some() { "GET" } else { "POST" };
        let refund = GiveBack { amount: euros(100), reference };
        assert_eq!(stripe.refund(&call("k"), &charge, &refund).await.unwrap(), expected);
        assert_eq!(server.received_requests().await.unwrap()[0].method.as_str(), asks);
    }
}

fn signed(secret: &str, body: &[u8]) -> HeaderMap {
    let header = sign(&secret.to_owned().into(), body, START);
    [("stripe-signature".parse().unwrap(), header.parse().unwrap())].into_iter().collect()
}

#[tokio::test]
async fn stripes_webhooks_are_read_when_their_signature_holds() {
    let stripe = client("http://127.0.0.1:1");
    let event = |object: serde_json::Value| {
        serde_json::to_vec(
            &json!({ "id": "evt_1", "type": "payment_intent.amount_capturable_updated", "data": { "object": object } }),
        )
        .unwrap()
    };
    let id = PaymentId(Uuid::from_u128(1));
    let ours = json!({ "id": "pi_1", "object": "payment_intent", "status": "requires_capture", "metadata": { "payment_id": id } });
    let body = event(ours);
    let told = stripe.verify_webhook(&body, &signed("whsec_test", &body), START).await.unwrap();
    assert_eq!(told.event_id, "evt_1");
    assert_eq!(told.news, Some((id, Answer::Authorised { reference: "pi_1".into() })));
    for foreign in [
        json!({ "id": "ch_1", "object": "charge" }),
        json!({ "id": "pi_2", "object": "payment_intent", "status": "succeeded", "metadata": {} }),
        json!({ "id": "pi_3", "object": "payment_intent", "status": "succeeded" }),
    ] {
        let body = event(foreign);
        let told = stripe.verify_webhook(&body, &signed("whsec_test", &body), START).await.unwrap();
        assert_eq!(told.news, None);
    }
    let forged = stripe.verify_webhook(&body, &signed("whsec_other", &body), START).await;
    assert_eq!(forged, Err(WebhookError::Forged));
    assert_eq!(stripe.verify_webhook(&body, &HeaderMap::new(), START).await, Err(WebhookError::Forged));
    let late = START + time::Duration::seconds(301);
    let stale = stripe.verify_webhook(&body, &signed("whsec_test", &body), late).await;
    assert_eq!(stale, Err(WebhookError::Stale));
    let garbage = stripe.verify_webhook(b"[]", &signed("whsec_test", b"[]"), START).await;
    assert!(matches!(garbage, Err(WebhookError::Malformed(_))), "{garbage:?}");
}

#[sqlx::test(migrations = false)]
async fn an_order_is_paid_and_refunded_by_stripe(pool: PgPool) {
    testkit::migrate(&pool, &payments::schema()).await;
    let (fake, _server, stripe) = FakeStripe::start().await;
    let clock = Arc::new(ManualClock::default());
    let providers = Providers::default().with(Arc::new(stripe), clock.clone());
    let app = payments::app::App::new(pool.clone(), clock.clone(), providers);
    let mut tx = pool.begin().await.unwrap();
    let method = events::orders::PaymentMethod {
        provider: "stripe".into(),
        token: events::orders::ProviderToken("tok_success".into()),
    };
    let request = events::orders::PaymentRequested {
        order_id: order_id(1),
        user_id: None,
        email: "ada@example.org".parse().unwrap(),
        amount: euros(2_500),
        method,
        pay_by: clock.now() + Duration::from_secs(600),
    };
    app.request(&mut tx, request).await.unwrap();
    tx.commit().await.unwrap();
    app.work_once().await.unwrap();
    let mut tx = pool.begin().await.unwrap();
    app.undo(&mut tx, events::orders::VoidRequested { order_id: order_id(1), reason: "x".into() }).await.unwrap();
    tx.commit().await.unwrap();
    app.work_once().await.unwrap();
    let status: String = sqlx::query_scalar("select status from payments.payment").fetch_one(&pool).await.unwrap();
    assert_eq!(status, "REFUNDED");
    let paths: Vec<String> = fake.requests().into_iter().map(|(path, _)| path).collect();
    assert_eq!(paths, ["/v1/payment_intents", "/v1/payment_intents/pi_1/capture", "/v1/refunds"]);
}

//! Which answers are given again, to whom, and until when.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use async_graphql::{Context, EmptySubscription, Object, Schema};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use gql::{Answers, Limits, TokenVerifier, router_keeping};
use serde_json::{Value, json};
use tower::ServiceExt;

/// Counts how often it is asked.
#[derive(Clone, Default)]
struct Count(Arc<AtomicU64>);

struct Query;

#[Object]
impl Query {
    async fn number(&self, ctx: &Context<'_>, #[graphql(default)] fails: bool) -> async_graphql::Result<u64> {
        let number = ctx.data::<Count>()?.0.fetch_add(1, Ordering::SeqCst) + 1;
        if fails { Err("not now".into()) } else { Ok(number) }
    }

    async fn slow(&self, ctx: &Context<'_>, #[graphql(default)] fails: bool) -> async_graphql::Result<u64> {
        tokio::task::yield_now().await;
        self.number(ctx, fails).await
    }
}

struct Mutation;

#[Object]
impl Mutation {
    async fn change(&self) -> bool {
        true
    }
}

fn shop(are_for: fn(&kernel::Actor) -> bool) -> (Router, Answers) {
    let schema = Schema::build(Query, Mutation, EmptySubscription).data(Count::default()).finish();
    let answers = Answers::new(1 << 20, Duration::from_secs(3600), are_for);
    let verifier = Arc::new(TokenVerifier::untrusting());
    (router_keeping(schema, verifier, Limits::default(), answers.clone()), answers)
}

async fn post(shop: &Router, body: String) -> (StatusCode, String) {
    let request = Request::post("/graphql").header("content-type", "application/json").body(Body::from(body)).unwrap();
    let response = shop.clone().oneshot(request).await.unwrap();
    let status = response.status();
    (status, String::from_utf8(to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap())
}

async fn ask(shop: &Router, query: &str) -> Value {
    let (status, answer) = post(shop, json!({ "query": query }).to_string()).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    serde_json::from_str(&answer).unwrap()
}

#[tokio::test]
async fn the_same_question_is_answered_again_until_something_changes() {
    let (shop, answers) = shop(|_| true);
    for expected in [1, 1] {
        assert_eq!(ask(&shop, "{ number }").await["data"]["number"], expected);
    }
    assert_eq!(ask(&shop, "{ again: number }").await["data"]["again"], 2, "another question");
    answers.outdated();
    assert_eq!(ask(&shop, "{ number }").await["data"]["number"], 3);
    assert_eq!(ask(&shop, "mutation { change }").await["data"]["change"], true);
    assert_eq!(ask(&shop, "{ number }").await["data"]["number"], 4, "a change outdates what was kept");
}

#[tokio::test]
async fn whom_answers_are_not_for_is_answered_anew() {
    let (shop, _) = shop(|_| false);
    for expected in [1, 2] {
        assert_eq!(ask(&shop, "{ number }").await["data"]["number"], expected);
    }
}

#[tokio::test]
async fn an_answer_with_errors_is_not_kept_and_neither_is_what_cannot_be_read() {
    let (shop, _) = shop(|_| true);
    for _ in 0..2 {
        assert_eq!(ask(&shop, "{ number(fails: true) }").await["errors"][0]["message"], "not now");
    }
    assert_eq!(ask(&shop, "{ number }").await["data"]["number"], 3);
    for _ in 0..2 {
        assert!(ask(&shop, "{ no document").await["errors"][0]["message"].is_string());
        assert_eq!(post(&shop, "no json".to_owned()).await.0, StatusCode::BAD_REQUEST);
    }
    let (status, _) = post(&shop, " ".repeat(Limits::default().body_bytes + 1)).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn an_error_is_nobody_elses() {
    let (shop, _) = shop(|_| true);
    let asked = futures::future::join_all((0..3).map(|_| ask(&shop, "{ slow(fails: true) }"))).await;
    assert!(asked.iter().all(|answer| answer["errors"][0]["message"] == "not now"), "{asked:?}");
    assert_eq!(ask(&shop, "{ number }").await["data"]["number"], 4, "each has asked for itself");
}

#[tokio::test]
async fn equal_questions_of_one_moment_are_answered_once() {
    let (shop, _) = shop(|_| true);
    let asked = futures::future::join_all((0..8).map(|_| ask(&shop, "{ slow }"))).await;
    assert!(asked.iter().all(|answer| answer["data"]["slow"] == 1), "{asked:?}");
}

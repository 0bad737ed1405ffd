//! What travels by HTTP: tokens in, keys out.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use kernel::{Actor, Clock, SystemClock};
use serde_json::{Value, json};
use sqlx::PgPool;
use time::{Duration, OffsetDateTime};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;
use uuid::Uuid;

use crate::door::{PASSWORD, resources};

/// A clock that is late.
#[derive(Debug)]
struct Late(Duration);

impl Clock for Late {
    fn now(&self) -> OffsetDateTime {
        SystemClock.now() - self.0
    }
    fn uuid(&self) -> Uuid {
        SystemClock.uuid()
    }
    fn secret(&self) -> Uuid {
        SystemClock.secret()
    }
}

async fn send(router: &Router, request: Request<Body>) -> (u16, Value) {
    let answer = router.clone().oneshot(request).await.unwrap();
    let status = answer.status().as_u16();
    let body = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
    (status, serde_json::from_slice(&body).unwrap_or_default())
}

async fn graph(router: &Router, token: Option<&str>, query: Value) -> Value {
    let mut request = Request::post("/graphql").header(header::CONTENT_TYPE, "application/json");
    if let Some(token) = token {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    send(router, request.body(query.to_string().into()).unwrap()).await.1
}

/// A new account's access token, its user and its session.
async fn sign_up(router: &Router) -> (String, Value, Value) {
    let query = "mutation($input: AccountRegisterInput!) { accountRegister(input: $input) { accessToken session { id } user { id } } }";
    let input = json!({ "email": "ada@example.org", "password": PASSWORD, "displayName": "Ada" });
    let answer = graph(router, None, json!({ "query": query, "variables": { "input": input } })).await;
    let opened = &answer["data"]["accountRegister"];
    (opened["accessToken"].as_str().unwrap().to_owned(), opened["user"]["id"].clone(), opened["session"]["id"].clone())
}

fn sessions_of(user: &Value) -> Value {
    let query = "query($keys: [_Any!]!) { _entities(representations: $keys) { ... on User { sessions { id } } } }";
    json!({ "query": query, "variables": { "keys": [{ "__typename": "User", "id": user }] } })
}

#[sqlx::test(migrations = false)]
async fn an_access_token_says_who_asks_for_ten_minutes(pool: PgPool) {
    let resources = resources(pool, Arc::new(SystemClock)).await;
    let router = auth::service(&resources).router;
    let (token, user, session) = sign_up(&router).await;
    let id = user.as_str().unwrap().parse().unwrap();
    assert_eq!(resources.verifier.verify(&token), Ok(Actor::User { id, scopes: [].into() }));
    let seen = graph(&router, Some(&token), sessions_of(&user)).await;
    assert_eq!(seen["data"]["_entities"], json!([{ "sessions": [{ "id": session }] }]), "{seen}");

    let claims: Value = jsonwebtoken::dangerous::insecure_decode_claims(&token).unwrap();
    assert_eq!((&claims["iss"], &claims["aud"], &claims["sid"]), (&json!("techcorp"), &json!("techcorp"), &session));
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 600);
    assert!(claims["jti"].is_string());
}

#[sqlx::test(migrations = false)]
async fn a_token_that_is_over_forged_or_of_a_foreign_key_is_refused(pool: PgPool) {
    let late = resources(pool.clone(), Arc::new(Late(Duration::seconds(611)))).await;
    let router = auth::service(&late).router;
    let (expired, user, _) = sign_up(&router).await;
    let (body, signature) = expired.rsplit_once('.').unwrap();
    let forged = format!("{body}.{}", signature.chars().rev().collect::<String>());
    for (token, message) in [(expired.as_str(), "expired"), (&forged, "not valid"), ("nonsense", "not valid")] {
        let refused = graph(&router, Some(token), sessions_of(&user)).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{refused}");
        assert!(refused["errors"][0]["message"].as_str().unwrap().contains(message), "{refused}");
    }
    // Every key of the service is replaced, as when they were stolen.
    sqlx::query("delete from auth.signing_key").execute(&pool).await.unwrap();
    auth::prepare(&late).await.unwrap();
    let refused = graph(&router, Some(&expired), sessions_of(&user)).await;
    assert!(refused["errors"][0]["message"].as_str().unwrap().contains("not valid"), "{refused}");
}

#[sqlx::test(migrations = false)]
async fn anybody_can_verify_a_token_by_the_published_keys_and_learns_nothing_private(pool: PgPool) {
    let resources = resources(pool, Arc::new(SystemClock)).await;
    let router = auth::service(&resources).router;
    let (token, ..) = sign_up(&router).await;
    let get =
        |path: &str| Request::get(path).header(header::HOST, "auth.example.org:4001").body(Body::empty()).unwrap();
    let (status, configuration) = send(&router, get("/.well-known/openid-configuration")).await;
    assert_eq!((status, &configuration["issuer"]), (200, &json!("techcorp")));
    assert_eq!(configuration["jwks_uri"], "http://auth.example.org:4001/.well-known/jwks.json");
    let (status, keys) = send(&router, get("/.well-known/jwks.json")).await;
    assert_eq!(status, 200);
    let key = keys["keys"][0].as_object().unwrap();
    let names: BTreeSet<&str> = key.keys().map(String::as_str).collect();
    assert_eq!(names, ["alg", "crv", "kid", "kty", "use", "x", "y"].into());
    let elsewhere = gql::TokenVerifier::new("techcorp", "techcorp", serde_json::from_value(keys).unwrap());
    assert!(elsewhere.verify(&token).is_ok());
}

#[sqlx::test(migrations = false)]
async fn the_keys_are_looked_after_while_the_service_runs(pool: PgPool) {
    let resources = resources(pool, Arc::new(SystemClock)).await;
    let mut service = auth::service(&resources);
    assert_eq!(service.tasks.len(), 2);
    let (token, ..) = sign_up(&service.router).await;
    resources.verifier.trust(jsonwebtoken::jwk::JwkSet { keys: Vec::new() });
    assert!(resources.verifier.verify(&token).is_err());
    service.tasks.truncate(1);
    let stop = CancellationToken::new();
    let running =
        service.tasks.pop().unwrap().spawn(stop.clone(), &chassis::Notifications::over(resources.pool.clone()));
    let trusted = async {
        while resources.verifier.verify(&token).is_err() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), trusted).await.unwrap();
    stop.cancel();
    running.await.unwrap();
}

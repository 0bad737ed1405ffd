//! The service as its callers meet it.

use std::sync::Arc;
use std::time::Duration;

use auth::{ApiSchema, Resources};
use gql::TokenVerifier;
use kernel::{Actor, Clock, UserId};
use messaging::Outbox;
use resilience::throttle::InProcess;
use serde_json::{Value, json};
use sqlx::PgPool;
use testkit::ManualClock;

pub(crate) const PASSWORD: &str = "three lamps of oak";

const REGISTER: &str = "mutation($input: AccountRegisterInput!) { accountRegister(input: $input) {
    accessToken refreshToken expiresIn session { id userAgent createdAt expiresAt revokedAt } user { id }
    errors { __typename message ... on InvalidInput { field } ... on TooManyAttempts { retryAfterSeconds } } } }";
const SIGN_IN: &str = "mutation($input: SessionCreateInput!) { sessionCreate(input: $input) {
    accessToken refreshToken expiresIn session { id userAgent } user { id }
    errors { __typename message ... on TooManyAttempts { retryAfterSeconds } } } }";
const REFRESH: &str = "mutation($token: String!) { sessionRefresh(input: { refreshToken: $token }) {
    accessToken refreshToken session { id lastUsedAt expiresAt } user { id } errors { __typename message } } }";

pub(crate) struct Door {
    pub(crate) pool: PgPool,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) resources: Resources,
    api: ApiSchema,
}

/// What the service works with, at the time that the clock tells.
pub(crate) async fn resources(pool: PgPool, clock: Arc<dyn Clock>) -> Resources {
    testkit::migrate(&pool, &auth::schema()).await;
    prepared(pool, clock).await
}

async fn prepared(pool: PgPool, clock: Arc<dyn Clock>) -> Resources {
    let verifier = Arc::new(TokenVerifier::untrusting());
    let resources =
        Resources { pool, clock, outbox: Outbox::new(auth::NAME), verifier, throttle: Arc::new(InProcess::default()) };
    auth::prepare(&resources).await.unwrap();
    resources
}

impl Door {
    pub(crate) async fn open(pool: PgPool) -> Self {
        testkit::migrate(&pool, &auth::schema()).await;
        Self::with(pool.clone(), pool).await
    }

    /// The service on connections of its own, in a database that is migrated.
    pub(crate) async fn with(pool: PgPool, own: PgPool) -> Self {
        let clock = Arc::new(ManualClock::default());
        let resources = prepared(own, clock.clone()).await;
        Self { pool, clock, api: auth::api(&resources), resources }
    }

    pub(crate) async fn ask(&self, actor: Actor, query: &str, variables: Value) -> Value {
        testkit::ask(&self.api, actor, query, variables).await
    }

    pub(crate) async fn register(&self, input: Value) -> Value {
        self.ask(Actor::Anonymous, REGISTER, json!({ "input": input })).await["data"]["accountRegister"].take()
    }

    /// The account's first session.
    pub(crate) async fn ada(&self) -> Value {
        self.account("ada@example.org").await
    }

    pub(crate) async fn account(&self, email: &str) -> Value {
        let input = json!({ "email": email, "password": PASSWORD, "displayName": "Somebody" });
        let opened = self.register(input).await;
        assert_eq!(opened["errors"], json!([]), "{opened}");
        opened
    }

    pub(crate) async fn sign_in(&self, email: &str, password: &str) -> Value {
        let input = json!({ "input": { "email": email, "password": password, "userAgent": "a browser" } });
        self.ask(Actor::Anonymous, SIGN_IN, input).await["data"]["sessionCreate"].take()
    }

    pub(crate) async fn refresh(&self, token: &Value) -> Value {
        self.ask(Actor::Anonymous, REFRESH, json!({ "token": token })).await["data"]["sessionRefresh"].take()
    }

    pub(crate) async fn told(&self) -> Vec<(String, Value)> {
        testkit::outbox(&self.pool, auth::NAME).await
    }

    pub(crate) async fn told_of(&self, kind: &str) -> Vec<Value> {
        self.told().await.into_iter().filter(|(name, _)| name == kind).map(|(_, data)| data).collect()
    }

    pub(crate) async fn count(&self, table: &'static str) -> i64 {
        let sql = format!("select count(*) from auth.{table}");
        sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(&self.pool).await.unwrap()
    }
}

/// Who is signed in, without rights.
pub(crate) fn owner(signed_in: &Value) -> Actor {
    Actor::User { id: user_id(signed_in), scopes: [].into() }
}

pub(crate) fn user_id(signed_in: &Value) -> UserId {
    signed_in["user"]["id"].as_str().unwrap().parse().unwrap()
}

pub(crate) fn error(answer: &Value) -> &str {
    answer["errors"][0]["__typename"].as_str().unwrap_or_default()
}

impl Door {
    /// Ada on two devices.
    pub(crate) async fn sign_in_twice(&self) -> [Value; 2] {
        [self.ada().await, self.sign_in("ada@example.org", PASSWORD).await]
    }
}

/// Returns when so many requests wait for a row that another transaction holds.
pub(crate) async fn until_waiting(pool: &PgPool, requests: i64) {
    let waiting =
        "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";
    let enough = async {
        while sqlx::query_scalar::<_, i64>(waiting).fetch_one(pool).await.unwrap() < requests {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), enough).await.unwrap();
}

use std::sync::Arc;

use events::auth::AccountRegistered;
use gql::TokenVerifier;
use kernel::{Actor, Scope, UserId};
use messaging::Outbox;
use serde_json::{Value, json};
use sqlx::PgPool;
use testkit::{ManualClock, Wire};
use users::{ApiSchema, Resources};
use uuid::Uuid;

/// The service over a database of its own, at the end of a bus of its own.
pub struct Desk {
    pub pool: PgPool,
    pub clock: Arc<ManualClock>,
    pub api: ApiSchema,
    pub wire: Wire,
}

pub const VIEWER: &str = "{ viewer { id displayName email phone locale currency marketingOptIn } }";

pub const UPDATE: &str = "mutation($input: UserUpdateInput!) { userUpdate(input: $input) {
    user { id displayName email phone locale currency marketingOptIn createdAt updatedAt }
    errors { __typename message ... on InvalidInput { field } ... on NotFound { id } } } }";

pub const CREATE: &str = "mutation($input: AddressCreateInput!) { addressCreate(input: $input) {
    address { id label defaultShipping defaultBilling address { name line1 line2 city region postalCode country } }
    errors { __typename message ... on InvalidInput { field } ... on NotFound { id } ... on AddressLimitReached { limit } } } }";

pub const DELETE: &str = "mutation($id: ID!) { userDelete(input: { id: $id }) {
    deletedUserId errors { __typename message ... on NotFound { id } } } }";

/// A signed-in account with these scopes.
pub fn actor(id: u128, scopes: &[Scope]) -> Actor {
    Actor::User { id: user(id), scopes: scopes.iter().copied().collect() }
}

pub fn user(id: u128) -> UserId {
    UserId(Uuid::from_u128(id))
}

/// The registration of an account.
pub fn registration(id: u128, email: &str, name: &str) -> AccountRegistered {
    let locale = "en".to_owned();
    AccountRegistered { user_id: user(id), email: email.parse().unwrap(), display_name: name.into(), locale }
}

pub fn quay(number: usize) -> Value {
    json!({ "name": "Ada", "line1": format!("Quay {number}"), "city": "Porto", "postalCode": "4050", "country": "pt" })
}

impl Desk {
    pub async fn open(pool: PgPool) -> Self {
        testkit::migrate(&pool, &users::schema()).await;
        let clock = Arc::new(ManualClock::default());
        let verifier = Arc::new(TokenVerifier::untrusting());
        let resources =
            Resources { pool: pool.clone(), clock: clock.clone(), outbox: Outbox::new(users::NAME), verifier };
        let wire = Wire::open(pool.clone(), clock.clone(), users::consumer(&resources)).await;
        Self { api: users::api(&resources), pool, clock, wire }
    }

    /// A service that knows Ada, account 1, and Grace, account 2.
    pub async fn staffed(pool: PgPool) -> Self {
        let mut desk = Self::open(pool).await;
        desk.wire.deliver(&registration(1, "ada@example.org", "Ada")).await;
        desk.wire.deliver(&registration(2, "grace@example.org", "Grace")).await;
        desk
    }

    pub async fn ask(&self, actor: Actor, query: &str, variables: Value) -> Value {
        testkit::ask(&self.api, actor, query, variables).await
    }

    /// Adds an address for the account and answers with the payload.
    pub async fn add(&self, id: u128, input: Value) -> Value {
        let answer = self.ask(actor(id, &[]), CREATE, json!({ "input": input })).await;
        assert!(answer.get("errors").is_none(), "{answer}");
        answer["data"]["addressCreate"].clone()
    }

    pub async fn events(&self) -> Vec<(String, Value)> {
        testkit::outbox(&self.pool, users::NAME).await
    }

    /// Everything that the service knows, for comparison.
    pub async fn stored(&self) -> Value {
        let sql = "select jsonb_build_object(
            'profiles', (select jsonb_agg(p order by p.id) from users.user_profile p),
            'addresses', (select jsonb_agg(a order by a.id) from users.address a),
            'changes', (select jsonb_agg(c order by c.id) from users.change c),
            'outbox', (select jsonb_agg(o order by o.sequence) from users.outbox o))";
        sqlx::query_scalar(sql).fetch_one(&self.pool).await.unwrap()
    }
}

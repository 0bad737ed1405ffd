use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use events::auth::AccountRegistered;
use events::orders::{OrderConfirmed, OrderLineSnapshot, OrderSnapshot};
use gql::TokenVerifier;
use kernel::{Actor, Money, PostalAddress, UserId};
use messaging::Outbox;
use notifications::adapters::{Channel, Outgoing, Receipt, Undelivered};
use notifications::app::App;
use notifications::domain::Sending;
use notifications::{ApiSchema, Resources};
use serde_json::Value;
use sqlx::PgPool;
use testkit::{ManualClock, Wire};
use uuid::Uuid;

pub const ADA: u128 = 0xada;
pub const EVE: u128 = 0xe5e;
/// Few attempts, so that a test sees the last. The deadline is for the tests that wait for none.
pub const SENDING: Sending = Sending {
    deadline: Duration::from_secs(30),
    attempts: 3,
    first: Duration::from_secs(10),
    longest: Duration::from_secs(60),
};

/// The service over a database of its own, with the bus on one side and a channel that the test directs on the other.
pub struct World {
    pub pool: PgPool,
    pub clock: Arc<ManualClock>,
    pub channel: Arc<Script>,
    pub app: App,
    pub api: ApiSchema,
    pub wire: Wire,
}

/// A channel that answers as told, and takes everything when told nothing.
#[derive(Debug, Default)]
pub struct Script {
    answers: Mutex<VecDeque<Answer>>,
    seen: Mutex<Vec<Outgoing>>,
}

#[derive(Debug, Clone)]
pub enum Answer {
    Refuses(&'static str),
    IsAway(&'static str),
    Hangs,
    Panics,
    /// Takes the message after it has done this, on the connection: what happens while it is being sent.
    Meanwhile(PgPool, &'static str),
}

impl Script {
    pub fn will(&self, answers: impl IntoIterator<Item = Answer>) {
        self.answers.lock().unwrap().extend(answers);
    }

    /// What was handed over since the last look, in no order.
    pub fn seen(&self) -> Vec<Outgoing> {
        std::mem::take(&mut self.seen.lock().unwrap())
    }
}

#[async_trait]
impl Channel for Script {
    async fn send(&self, message: &Outgoing) -> Result<Receipt, Undelivered> {
        self.seen.lock().unwrap().push(message.clone());
        let answer = self.answers.lock().unwrap().pop_front();
        match answer {
            None => {}
            Some(Answer::Refuses(why)) => return Err(Undelivered::Refused(why.into())),
            Some(Answer::IsAway(why)) => return Err(Undelivered::Unavailable(why.into())),
            Some(Answer::Hangs) => std::future::pending().await,
            Some(Answer::Panics) => panic!("a defect"),
            Some(Answer::Meanwhile(pool, sql)) => {
                sqlx::raw_sql(sql).execute(&pool).await.unwrap();
            }
        }
        Ok(Receipt { reference: "250 taken".into() })
    }
}

/// A stored message, as far as the tests look at it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Stored {
    pub id: Uuid,
    pub template: String,
    pub channel: String,
    pub status: String,
    pub locale: String,
    pub recipient: Option<String>,
    pub subject: String,
    pub text: String,
    pub html: Option<String>,
    pub attempts: i32,
    pub last_error: Option<String>,
}

impl World {
    pub async fn open(pool: PgPool) -> Self {
        testkit::migrate(&pool, &notifications::schema()).await;
        let clock = Arc::new(ManualClock::default());
        let channel = Arc::new(Script::default());
        let resources = Resources {
            pool: pool.clone(),
            clock: clock.clone(),
            outbox: Outbox::new(notifications::NAME),
            verifier: Arc::new(TokenVerifier::untrusting()),
            channel: channel.clone(),
        };
        let wire = Wire::open(pool.clone(), clock.clone(), notifications::consumer(&resources)).await;
        let app = App::new(pool.clone(), clock.clone(), channel.clone()).sending(SENDING);
        Self { api: notifications::api(&resources), pool, clock, channel, app, wire }
    }

    pub async fn ask(&self, actor: Actor, query: &str, variables: Value) -> Value {
        testkit::ask(&self.api, actor, query, variables).await
    }

    /// Every message, oldest first.
    pub async fn stored(&self) -> Vec<Stored> {
        sqlx::query_as(
            "select id, template, channel, status, locale, recipient, subject, text, html, attempts, last_error
             from notifications.message order by created_at, id",
        )
        .fetch_all(&self.pool)
        .await
        .unwrap()
    }

    /// Every message as template, channel and status, in order of these.
    pub async fn outline(&self) -> Vec<String> {
        sqlx::query_scalar(
            "select template || ' ' || channel || ' ' || status as line from notifications.message order by 1",
        )
        .fetch_all(&self.pool)
        .await
        .unwrap()
    }

    /// The events told, as name and payload.
    pub async fn told(&self) -> Vec<(String, Value)> {
        testkit::outbox(&self.pool, "notifications").await
    }

    pub async fn execute(&self, sql: &'static str) {
        sqlx::raw_sql(sql).execute(&self.pool).await.unwrap();
    }

    pub async fn register(&mut self, user: u128, locale: &str) {
        self.wire.deliver(&registered(user, locale)).await;
    }

    /// Puts one e-mail into the queue.
    pub async fn queue_one(&mut self) {
        self.wire.deliver(&OrderConfirmed { order: order(0x0f) }).await;
    }

    /// Everything that the database knows, to search for what should be gone.
    pub async fn everything(&self) -> String {
        let mut all = String::new();
        for table in ["message", "contact", "preference", "order_seen", "outbox", "inbox"] {
            let sql = format!("select coalesce(json_agg(t)::text, '') from notifications.{table} t");
            let rows: String = sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(&self.pool).await.unwrap();
            all.push_str(&rows);
        }
        all
    }
}

pub fn user(id: u128) -> UserId {
    UserId(Uuid::from_u128(id))
}

pub fn registered(id: u128, locale: &str) -> AccountRegistered {
    AccountRegistered {
        user_id: user(id),
        email: format!("u{id:x}@example.org").parse().unwrap(),
        display_name: "Ada Lovelace".into(),
        locale: locale.into(),
    }
}

/// A guest's order of one lamp.
pub fn order(id: u128) -> OrderSnapshot {
    let euros = |minor| Money { minor, currency: kernel::Currency::EUR };
    OrderSnapshot {
        order_id: Uuid::from_u128(id).into(),
        version: 1,
        number: format!("TC-{}", 100_000 + id),
        status: "CONFIRMED".into(),
        reason: None,
        user_id: None,
        email: "guest@example.org".parse().unwrap(),
        locale: "en".into(),
        placed_at: time::OffsetDateTime::UNIX_EPOCH,
        lines: vec![OrderLineSnapshot {
            product_id: Uuid::from_u128(1).into(),
            variant_id: Uuid::from_u128(2).into(),
            sku: None,
            title: "Oak Desk Lamp".into(),
            variant_title: "Natural".into(),
            quantity: 2,
            unit_price: euros(61_725),
            total: euros(123_450),
        }],
        subtotal: euros(123_450),
        shipping: euros(490),
        tax: euros(19_789),
        total: euros(123_940),
        shipping_address: PostalAddress {
            name: "Ada Lovelace".into(),
            line1: "Quay 1".into(),
            line2: String::new(),
            city: "Porto".into(),
            region: String::new(),
            postal_code: "4050".into(),
            country: "PT".into(),
        },
    }
}

/// The order of an account.
pub fn order_of(id: u128, owner: u128) -> OrderSnapshot {
    OrderSnapshot { user_id: Some(user(owner)), email: format!("u{owner:x}@example.org").parse().unwrap(), ..order(id) }
}

//! A publisher (schema `notes`), a consumer (schema `readers`) and the bus between them.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use events::{Envelope, Event};
use futures::FutureExt;
use kernel::Clock;
use listen::Notifications;
use messaging::{Bus, Consumer, EmbeddedBus, Handlers, Outbox, Relay, RetryPolicy, Worker, embedded};
use sqlx::{AssertSqlSafe, PgPool};
use time::OffsetDateTime;
use time::macros::datetime;
use tokio::time::{sleep, timeout};
use uuid::Uuid;

use crate::broker::Broker;
use crate::notes::{Failing, Noted, Write};

/// How long a test waits for what must come.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) const RETRY: RetryPolicy =
    RetryPolicy { attempts: 3, first: Duration::from_secs(10), longest: Duration::from_secs(60) };

/// Stands still until told otherwise, and counts ids up.
#[derive(Debug, Default)]
pub(crate) struct ManualClock {
    seconds: AtomicU64,
    ids: AtomicU64,
}

impl ManualClock {
    pub(crate) fn advance(&self, seconds: u64) {
        self.seconds.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> OffsetDateTime {
        datetime!(2030-01-01 00:00 UTC) + Duration::from_secs(self.seconds.load(Ordering::SeqCst))
    }
    fn uuid(&self) -> Uuid {
        Uuid::from_u128(0x7000 << 64 | u128::from(self.ids.fetch_add(1, Ordering::SeqCst)))
    }
    fn secret(&self) -> Uuid {
        self.uuid()
    }
}

pub(crate) struct World {
    pub(crate) pool: PgPool,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) bus: Arc<dyn Bus>,
    pub(crate) broker: Option<Arc<Broker>>,
    pub(crate) write: Write,
    /// Messages on their way to the readers.
    pub(crate) coming: AtomicUsize,
}

/// Runs the test on RabbitMQ, and removes what it left there.
pub(crate) async fn on_rabbit(pool: PgPool, test: impl AsyncFnOnce(World)) {
    let database: String = sqlx::query_scalar("select current_database()").fetch_one(&pool).await.unwrap();
    let broker = Arc::new(Broker::open(format!("{database}.")).await);
    let bus = Arc::new(broker.connect().await);
    let mut world = World::embedded(pool).await;
    world.bus = bus;
    world.broker = Some(broker.clone());
    let outcome = AssertUnwindSafe(test(world)).catch_unwind().await;
    broker.clean().await;
    outcome.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
}

impl World {
    /// The tables, as the services would migrate them, and the bus without a broker.
    pub(crate) async fn embedded(pool: PgPool) -> Self {
        let mut statements = vec![];
        for (schema, migrations) in [
            ("notes", messaging::migrations("notes")),
            ("readers", messaging::migrations("readers")),
            (embedded::SCHEMA, embedded::migrations()),
        ] {
            statements.push(format!("create schema {schema}"));
            statements.extend(migrations.iter().map(|m| m.sql.as_str().to_owned()));
        }
        statements.push(
            "create table readers.effect (position bigint generated always as identity, note uuid, number bigint,
             unique (note, number) deferrable initially deferred)"
                .into(),
        );
        for sql in statements {
            sqlx::raw_sql(AssertSqlSafe(sql)).execute(&pool).await.unwrap();
        }
        let clock = Arc::new(ManualClock::default());
        let bus = Arc::new(EmbeddedBus::new(clock.clone()));
        Self { pool, clock, bus, broker: None, write: Write::default(), coming: AtomicUsize::new(0) }
    }

    /// Everything of the bus that is in memory is gone.
    pub(crate) async fn restart_bus(&mut self) {
        self.bus = match &self.broker {
            None => Arc::new(EmbeddedBus::new(self.clock.clone())),
            Some(broker) => Arc::new(broker.connect().await),
        };
    }

    /// The broker. Only for tests that run with one.
    pub(crate) fn broker(&self) -> &Broker {
        self.broker.as_deref().expect("this test runs on RabbitMQ")
    }

    pub(crate) fn heard(&self) -> Notifications {
        Notifications::over(self.pool.clone())
    }

    pub(crate) fn relay(&self) -> Relay {
        Relay::new("notes", self.pool.clone(), self.bus.clone())
    }

    pub(crate) async fn worker(&self) -> Worker {
        Consumer::new("readers", "readers", self.pool.clone(), self.clock.clone())
            .with(&Handlers::default().on::<Noted>(), &self.write)
            .retry(RETRY)
            .attach(&*self.bus)
            .await
            .unwrap()
    }

    /// Commits the notes in one transaction.
    pub(crate) async fn put(&self, notes: &[(u128, i64)]) {
        let mut tx = self.pool.begin().await.unwrap();
        for &(note, number) in notes {
            let event = Noted { note: Uuid::from_u128(note), number };
            Outbox::new("notes").put(&mut tx, self.clock.as_ref(), &event).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    pub(crate) async fn publish(&self) {
        let relay = self.relay();
        loop {
            let published = relay.pass().await.unwrap();
            if published == 0 {
                return;
            }
            self.coming.fetch_add(published, Ordering::SeqCst);
        }
    }

    /// Publishes the envelopes, past the outbox.
    pub(crate) async fn send(&self, envelopes: &[Envelope]) {
        let mut tx = self.pool.begin().await.unwrap();
        self.bus.publish(&mut tx, envelopes).await.unwrap();
        tx.commit().await.unwrap();
        self.coming.fetch_add(envelopes.len(), Ordering::SeqCst);
    }

    pub(crate) fn envelope(&self, note: u128, number: i64) -> Envelope {
        let event = Noted { note: Uuid::from_u128(note), number };
        Envelope {
            id: self.clock.uuid(),
            source: "notes".into(),
            kind: Noted::NAME.into(),
            subject: event.note,
            time: self.clock.now(),
            traceparent: None,
            data: serde_json::to_value(event).unwrap(),
        }
    }

    /// Waits until everything that was published has arrived.
    pub(crate) async fn gather(&self, worker: &Worker) {
        let coming = self.coming.swap(0, Ordering::SeqCst);
        if self.broker.is_some() {
            until(async || worker.at_hand() >= coming).await;
        }
    }

    /// Takes everything that was published or is due.
    pub(crate) async fn work(&self, worker: &mut Worker) {
        self.gather(worker).await;
        while worker.pass().await.unwrap() > 0 {}
    }

    pub(crate) fn fail(&self, number: i64, how: Failing) {
        self.write.failing.lock().unwrap().insert(number, how);
    }

    pub(crate) fn heal(&self) {
        self.write.failing.lock().unwrap().clear();
    }

    pub(crate) fn calls(&self) -> u64 {
        self.write.calls.swap(0, Ordering::SeqCst)
    }

    /// The numbers written, in order.
    pub(crate) async fn effects(&self) -> Vec<i64> {
        sqlx::query_scalar("select number from readers.effect order by position").fetch_all(&self.pool).await.unwrap()
    }

    pub(crate) async fn count(&self, table: &str) -> i64 {
        sqlx::query_scalar(AssertSqlSafe(format!("select count(*) from {table}"))).fetch_one(&self.pool).await.unwrap()
    }
}

/// Waits for the condition.
pub(crate) async fn until(mut condition: impl AsyncFnMut() -> bool) {
    timeout(PATIENCE, async {
        while !condition().await {
            sleep(Duration::from_millis(5)).await;
        }
    })
    .await
    .expect("it comes true");
}

use std::sync::Arc;

use chassis::Schema;
use events::{Envelope, Event};
use kernel::Clock;
use messaging::{Bus, Consumer, EmbeddedBus, Worker, embedded};
use serde_json::Value;
use sqlx::{AssertSqlSafe, PgPool};

use crate::{ManualClock, migrate};

/// A consumer at the end of a bus of its own: a test hands it events and sees what becomes of them.
#[derive(Debug)]
pub struct Wire {
    pool: PgPool,
    clock: Arc<ManualClock>,
    bus: EmbeddedBus,
    worker: Worker,
}

impl Wire {
    /// Attaches the consumer to a new bus in the test's database.
    ///
    /// # Panics
    /// When the database refuses.
    pub async fn open(pool: PgPool, clock: Arc<ManualClock>, consumer: Consumer) -> Self {
        migrate(&pool, &Schema::empty(embedded::SCHEMA).with(embedded::migrations())).await;
        let bus = EmbeddedBus::new(clock.clone());
        let worker = consumer.attach(&bus).await.expect("the consumer attaches");
        Self { pool, clock, bus, worker }
    }

    /// Delivers the event once and lets the consumer work.
    ///
    /// # Panics
    /// When the database refuses, and when the event ends as a dead letter or waits for another attempt.
    pub async fn deliver<E: Event>(&mut self, event: &E) {
        self.send(&self.envelope(event)).await;
        assert_eq!(self.troubles().await, Vec::<String>::new(), "{} is not handled", E::NAME);
    }

    /// Delivers the same event twice, as a bus may.
    ///
    /// # Panics
    /// As [`Self::deliver`].
    pub async fn deliver_twice<E: Event>(&mut self, event: &E) {
        let envelope = self.envelope(event);
        self.send(&envelope).await;
        self.send(&envelope).await;
        assert_eq!(self.troubles().await, Vec::<String>::new(), "{} is not handled", E::NAME);
    }

    /// Why messages are still in the queue: failures that are tried again, and dead letters.
    ///
    /// # Panics
    /// When the database refuses.
    pub async fn troubles(&self) -> Vec<String> {
        let left = sqlx::query_scalar("select coalesce(last_error, 'not tried') from bus.message order by seq");
        left.fetch_all(&self.pool).await.expect("the queue can be read")
    }

    /// Publishes the envelope and works off what is due.
    ///
    /// # Panics
    /// When the database refuses.
    pub async fn send(&mut self, envelope: &Envelope) {
        self.send_together(std::slice::from_ref(envelope)).await;
    }

    /// Publishes the envelopes in one transaction, so that the consumer has them in one batch, and works off what is due.
    ///
    /// # Panics
    /// When the database refuses.
    pub async fn send_together(&mut self, envelopes: &[Envelope]) {
        let mut tx = self.pool.begin().await.expect("a transaction");
        self.bus.publish(&mut tx, envelopes).await.expect("the events are published");
        tx.commit().await.expect("it commits");
        while self.worker.pass().await.expect("the consumer reaches its queue") > 0 {}
    }

    /// The event in a new envelope.
    ///
    /// # Panics
    /// When it cannot be serialised.
    pub fn envelope<E: Event>(&self, event: &E) -> Envelope {
        Envelope {
            id: self.clock.uuid(),
            source: E::NAME.split('.').next().unwrap_or_default().to_owned(),
            kind: E::NAME.to_owned(),
            subject: event.aggregate(),
            time: self.clock.now(),
            traceparent: None,
            data: serde_json::to_value(event).expect("an event is JSON"),
        }
    }
}

/// The events that wait in the outbox of the schema, oldest first: name and payload.
///
/// # Panics
/// When the database refuses.
pub async fn outbox(pool: &PgPool, schema: &str) -> Vec<(String, Value)> {
    let sql = format!("select kind, data from {schema}.outbox order by sequence");
    sqlx::query_as(AssertSqlSafe(sql)).fetch_all(pool).await.expect("the outbox can be read")
}

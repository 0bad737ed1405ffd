//! What carries events between services.

use async_trait::async_trait;
use events::Envelope;
use sqlx::{PgConnection, PgPool};

use crate::{Consumer, Worker};

/// Why the bus did not do what it was asked for. Nothing is lost: events stay where they are and the caller tries again.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct BusError(#[source] Box<dyn std::error::Error + Send + Sync>);

impl BusError {
    /// Wraps what the transport said.
    pub fn new(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(source.into())
    }
}

impl From<sqlx::Error> for BusError {
    fn from(error: sqlx::Error) -> Self {
        Self::new(error)
    }
}

/// A durable transport from the relay to the queues of every consumer that asked for the event.
#[async_trait]
pub trait Bus: Send + Sync {
    /// Returns once every queue has the events for good, or will have them when the connection's transaction commits.
    ///
    /// The relay calls it inside the transaction that deletes the events from the outbox. A bus whose queues are in the
    /// same database uses the connection, so that the hop is one commit; any other ignores it and waits for the
    /// broker's confirms. It may be called again with the same events after a crash.
    ///
    /// # Errors
    /// When not all events are safe; the relay then rolls back and publishes the batch again.
    async fn publish(&self, conn: &mut PgConnection, batch: &[Envelope]) -> Result<(), BusError>;

    /// Called after the commit with the same batch, to wake consumers that wait in this process.
    fn wake(&self, batch: &[Envelope]);

    /// Makes the queue of a consumer, which keeps exactly these kinds from now on, without anybody who works it off. The pool's
    /// role needs [`grants`](crate::embedded::grants) for it.
    ///
    /// # Errors
    /// When the queue cannot be made.
    async fn subscribe(&self, pool: &PgPool, queue: &'static str, kinds: &[&'static str]) -> Result<(), BusError>;

    /// Makes the consumer's queue, which keeps exactly the kinds it handles from now on, and returns what works it off.
    ///
    /// # Errors
    /// When the queue cannot be made.
    async fn attach(&self, consumer: Consumer) -> Result<Worker, BusError>;
}

//! What an operator watches. Labels are names of services and consumers, of which there are few.

use std::time::Duration;

use kernel::Clock;
use metrics::{counter, histogram};
use sqlx::{AssertSqlSafe, PgPool};
use time::OffsetDateTime;

use crate::consumer::Applied;

/// Events that left the outbox of a service.
pub(crate) fn published(service: &'static str, events: usize) {
    counter!("messaging_published_total", "service" => service).increment(events as u64);
}

/// Effects that are committed, and how long after the events that caused them.
pub(crate) fn handled(consumer: &'static str, applied: &Applied, now: OffsetDateTime) {
    counter!("messaging_handled_total", "consumer" => consumer).increment(applied.times.len() as u64);
    let delay = histogram!("messaging_delivery_seconds", "consumer" => consumer);
    for happened in &applied.times {
        delay.record((now - *happened).as_seconds_f64().max(0.0));
    }
}

/// An attempt that failed and will be repeated.
pub(crate) fn retried(consumer: &'static str) {
    counter!("messaging_retried_total", "consumer" => consumer).increment(1);
}

/// A message that was given up.
pub(crate) fn dead(consumer: &'static str) {
    counter!("messaging_dead_total", "consumer" => consumer).increment(1);
}

/// What lies in a consumer's queue in PostgreSQL. What RabbitMQ has not delivered yet is not in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct QueueDepth {
    /// Messages that were not tried yet; on RabbitMQ, those that wait behind one that is tried again.
    pub waiting: i64,
    /// Messages that failed and will be tried again.
    pub retrying: i64,
    /// Messages that were given up and that nobody has looked after yet.
    pub dead: i64,
}

/// Counts what lies in the consumer's queue. Its pool's role sees that queue alone.
///
/// # Errors
/// The database's.
pub async fn queue_depth(pool: &PgPool, consumer: &str) -> sqlx::Result<QueueDepth> {
    // One part for each index: the living by queue, the dead as they come, of which there are few.
    let sql = "select living.*, (select count(*) from bus.message where dead_at is not null and queue = $1) as dead
               from (select count(*) filter (where attempts = 0) as waiting, count(*) filter (where attempts > 0) as retrying
                     from bus.message where dead_at is null and queue = $1) living";
    sqlx::query_as(sql).bind(consumer).fetch_one(pool).await
}

/// What waits in a service's outbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutboxDepth {
    /// Events that are committed and not published.
    pub events: i64,
    /// How long the oldest of them has waited; zero when there is none.
    pub age: Duration,
}

/// Counts what waits in the outbox of the schema. More than a few, or older than some seconds: the relay or the bus is in
/// trouble.
///
/// # Errors
/// The database's.
pub async fn outbox_depth(pool: &PgPool, schema: &'static str, clock: &dyn Clock) -> sqlx::Result<OutboxDepth> {
    let sql = format!("select count(*), min(occurred_at) from {schema}.outbox");
    let (events, oldest): (i64, Option<OffsetDateTime>) = sqlx::query_as(AssertSqlSafe(sql)).fetch_one(pool).await?;
    let age = oldest.and_then(|oldest| (clock.now() - oldest).try_into().ok()).unwrap_or_default();
    Ok(OutboxDepth { events, age })
}

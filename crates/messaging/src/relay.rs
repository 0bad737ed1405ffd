//! From the outbox to the bus.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use events::Envelope;
use listen::Notifications;
use sqlx::{AssertSqlSafe, PgConnection, PgPool, Row};
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::backoff::Streak;
use crate::{Bus, BusError, meters, spans};

/// Events published in one transaction.
const BATCH: i64 = 256;
/// The first half of a partition's advisory lock.
const LOCK: &str = "hashtext($1 || '.outbox')";
/// How long a lost notification can delay an event.
const POLL: Duration = Duration::from_secs(1);
/// How long the bus may take for a batch.
const PUBLISH_DEADLINE: Duration = Duration::from_secs(10);
/// How long the relay may go on when it is told to stop.
const DRAIN_DEADLINE: Duration = Duration::from_secs(10);

/// Why a batch stays in the outbox for now.
#[derive(Debug, thiserror::Error)]
pub enum RelayError {
    /// The service's database.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// The bus.
    #[error("cannot publish: {0}")]
    Bus(#[from] BusError),
}

/// Publishes a service's outbox. Every replica of the service runs one.
///
/// Replicas share the work by partition of the outbox: an advisory lock, held to the end of the transaction, gives a
/// partition to one relay at a time, so that an aggregate's events leave in the order in which they were written.
pub struct Relay {
    schema: &'static str,
    pool: PgPool,
    bus: Arc<dyn Bus>,
}

impl Relay {
    /// A relay for the outbox in the schema, on the service's own pool.
    pub fn new(schema: &'static str, pool: PgPool, bus: Arc<dyn Bus>) -> Self {
        Self { schema, pool, bus }
    }

    /// Publishes until told to stop, and then what is left. Outlives failures of the database and of the bus.
    pub async fn run(self, stop: CancellationToken, notifications: Notifications) {
        let (woken, channel) = (Notify::new(), format!("{}_outbox", self.schema));
        tokio::select! {
            // One wake-up, however many notifications arrive while a batch is published.
            () = notifications.listen(&channel, |_| woken.notify_one()) => {}
            () = self.work(&woken, &stop) => {}
        }
        let drained = timeout(DRAIN_DEADLINE, async {
            while self.pass().await? > 0 {}
            Ok::<_, RelayError>(())
        })
        .await;
        if !matches!(drained, Ok(Ok(()))) {
            tracing::warn!(
                schema = self.schema,
                "stopped before the outbox was empty; the next relay publishes the rest"
            );
        }
    }

    /// Publishes one batch and tells how many events it had. None: the outbox is empty, or other relays are at it.
    ///
    /// # Errors
    /// When the batch is rolled back; it stays in the outbox.
    pub async fn pass(&self) -> Result<usize, RelayError> {
        let mut tx = self.pool.begin().await?;
        let partitions = self.claim(&mut tx).await?;
        let mut batch = self.take(&mut tx, &partitions).await?;
        if batch.is_empty() {
            // Not left to the drop, which gives the partitions back only some time later.
            tx.rollback().await?;
            return Ok(0);
        }
        let leaving = spans::publishing(self.schema, &mut batch);
        timeout(PUBLISH_DEADLINE, self.bus.publish(&mut tx, &batch))
            .await
            .map_err(|_| BusError::new(format!("no confirmation within {PUBLISH_DEADLINE:?}")))??;
        tx.commit().await?;
        spans::published(leaving);
        meters::published(self.schema, batch.len());
        self.bus.wake(&batch);
        Ok(batch.len())
    }

    async fn work(&self, woken: &Notify, stop: &CancellationToken) {
        let mut streak = Streak::default();
        while !stop.is_cancelled() {
            let pause = match self.pass().await {
                Ok(published) => {
                    streak.worked(self.schema);
                    // One that was not full left nothing; what came meanwhile has woken us.
                    if published as i64 >= BATCH {
                        continue;
                    }
                    tokio::select! { () = stop.cancelled() => {} () = woken.notified() => {} () = sleep(POLL) => {} }
                    continue;
                }
                Err(error) => streak.failed(self.schema, &error),
            };
            tokio::select! { () = stop.cancelled() => {} () = sleep(pause) => {} }
        }
    }

    /// Locks partitions that have events, as many as it takes to fill a batch, and leaves the others to other relays.
    /// Chance decides which: relays that start at the same one would wait for each other.
    async fn claim(&self, conn: &mut PgConnection) -> sqlx::Result<Vec<i16>> {
        let sql = format!(
            "select p::int2, n, case when sum(n) over (order by chance) - n < {BATCH} then pg_try_advisory_xact_lock({LOCK}, p) end
             from (select p, n, random() chance from generate_series(0, 15) p
                   cross join lateral (select count(*) n from (select from {}.outbox where partition = p order by sequence limit {BATCH}) w) c
                   where n > 0) waiting",
            self.schema
        );
        let found: Vec<(i16, i64, Option<bool>)> =
            sqlx::query_as(AssertSqlSafe(sql)).bind(self.schema).fetch_all(&mut *conn).await?;
        let mut mine: Vec<i16> = Vec::new();
        let (mut events, mut untried) = (0, Vec::new());
        for (partition, count, locked) in found {
            match locked {
                Some(true) => {
                    mine.push(partition);
                    events += count;
                }
                Some(false) => {}
                None => untried.push((partition, count)),
            }
        }
        // Only when other relays were faster.
        while events < BATCH
            && let Some((partition, count)) = untried.pop()
        {
            let sql = AssertSqlSafe(format!("select pg_try_advisory_xact_lock({LOCK}, $2::int4)"));
            if sqlx::query_scalar(sql).bind(self.schema).bind(i32::from(partition)).fetch_one(&mut *conn).await? {
                mine.push(partition);
                events += count;
            }
        }
        Ok(mine)
    }

    /// Deletes the oldest events of the partitions and returns them in order. A statement of its own after the lock:
    /// only so does its snapshot see everything that the lock's last holder did.
    async fn take(&self, conn: &mut PgConnection, partitions: &[i16]) -> sqlx::Result<Vec<Envelope>> {
        if partitions.is_empty() {
            return Ok(Vec::new());
        }
        let sql = format!(
            "with batch as (
                select o.partition, o.sequence from unnest($1::int2[]) p
                cross join lateral (select partition, sequence from {0}.outbox where partition = p order by sequence limit {BATCH}) o
                order by o.sequence limit {BATCH}
             )
             delete from {0}.outbox o using batch b where o.partition = b.partition and o.sequence = b.sequence
             returning o.sequence, o.id, o.kind, o.subject, o.occurred_at, o.traceparent, o.data",
            self.schema
        );
        let rows = sqlx::query(AssertSqlSafe(sql)).bind(partitions).fetch_all(conn).await?;
        let mut batch = rows
            .iter()
            .map(|row| Ok((row.try_get::<i64, _>("sequence")?, self.envelope(row)?)))
            .collect::<sqlx::Result<Vec<_>>>()?;
        batch.sort_unstable_by_key(|(sequence, _)| *sequence);
        Ok(batch.into_iter().map(|(_, envelope)| envelope).collect())
    }

    fn envelope(&self, row: &sqlx::postgres::PgRow) -> sqlx::Result<Envelope> {
        Ok(Envelope {
            id: row.try_get("id")?,
            source: self.schema.to_owned(),
            kind: row.try_get("kind")?,
            subject: row.try_get("subject")?,
            time: row.try_get("occurred_at")?,
            traceparent: row.try_get("traceparent")?,
            data: row.try_get("data")?,
        })
    }
}

impl fmt::Debug for Relay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Relay").field("schema", &self.schema).finish_non_exhaustive()
    }
}

//! Messages that were given up, for an operator to look at.

use std::sync::Arc;

use kernel::Clock;
use sqlx::PgPool;
use time::OffsetDateTime;

/// A message that was given up.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct DeadLetter {
    /// Its number in the queues; also the cursor of [`DeadLetters::list`].
    pub seq: i64,
    /// The consumer that could not handle it.
    pub queue: String,
    /// The event, as published; or, of what was no event, the message's headers and body.
    pub envelope: serde_json::Value,
    /// How often it was tried.
    pub attempts: i32,
    /// When it was given up.
    pub dead_at: OffsetDateTime,
    /// Why.
    pub last_error: String,
}

const COLUMNS: &str = "seq, queue, envelope, attempts, dead_at, coalesce(last_error, '') as last_error";

/// The dead letters, whichever bus carries the messages. Its pool's role needs [`administrator_grants`](super::administrator_grants).
#[derive(Debug, Clone)]
pub struct DeadLetters {
    pool: PgPool,
    clock: Arc<dyn Clock>,
}

impl DeadLetters {
    /// The dead letters in the pool's database.
    pub fn new(pool: PgPool, clock: Arc<dyn Clock>) -> Self {
        Self { pool, clock }
    }

    /// Dead letters of one queue or of all, oldest first, from the one after `after`.
    ///
    /// # Errors
    /// The database's.
    pub async fn list(&self, queue: Option<&str>, after: Option<i64>, limit: u16) -> sqlx::Result<Vec<DeadLetter>> {
        let sql = format!(
            "select {COLUMNS} from bus.message
             where dead_at is not null and seq > $1 and ($2::text is null or queue = $2) order by seq limit $3"
        );
        sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .bind(after.unwrap_or(0))
            .bind(queue)
            .bind(i64::from(limit))
            .fetch_all(&self.pool)
            .await
    }

    /// One dead letter.
    ///
    /// # Errors
    /// The database's.
    pub async fn show(&self, seq: i64) -> sqlx::Result<Option<DeadLetter>> {
        let sql = format!("select {COLUMNS} from bus.message where dead_at is not null and seq = $1");
        sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(seq).fetch_optional(&self.pool).await
    }

    /// Gives the message to its consumer again, with all its attempts. False when there is no such dead letter.
    ///
    /// Later messages of its aggregate have been handled since; handlers tell by the event's version.
    ///
    /// # Errors
    /// The database's.
    pub async fn replay(&self, seq: i64) -> sqlx::Result<bool> {
        let done = sqlx::query(
            "update bus.message set dead_at = null, attempts = 0, available_at = $2 where dead_at is not null and seq = $1",
        )
        .bind(seq)
        .bind(self.clock.now())
        .execute(&self.pool)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Deletes the message for good. False when there is no such dead letter.
    ///
    /// # Errors
    /// The database's.
    pub async fn discard(&self, seq: i64) -> sqlx::Result<bool> {
        let done = sqlx::query("delete from bus.message where dead_at is not null and seq = $1")
            .bind(seq)
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected() == 1)
    }
}

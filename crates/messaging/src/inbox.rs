//! The events a consumer has applied.

use std::collections::HashSet;

use sqlx::{AssertSqlSafe, PgConnection};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// Longer than any broker or dead letter keeps a message that could come again.
const KEPT: Duration = Duration::days(90);
/// Old rows deleted at once, so that forgetting never holds a long transaction.
const FORGET_BATCH: i32 = 10_000;

#[derive(Debug, Clone, Copy)]
pub(crate) struct Inbox {
    pub(crate) schema: &'static str,
    pub(crate) consumer: &'static str,
}

impl Inbox {
    /// Records the events as applied and removes the messages that brought them, in the transaction of their effects and
    /// in one statement. Those it returns are new.
    pub(crate) async fn record(
        &self,
        conn: &mut PgConnection,
        now: OffsetDateTime,
        events: &[Uuid],
        seqs: &[i64],
    ) -> sqlx::Result<HashSet<Uuid>> {
        let sql = format!(
            "with taken as (delete from bus.message where seq = any($4))
             insert into {}.inbox (consumer, event_id, handled_at) select $1, id, $2 from unnest($3::uuid[]) id
             on conflict do nothing returning event_id",
            self.schema
        );
        let new: Vec<Uuid> = sqlx::query_scalar(AssertSqlSafe(sql))
            .bind(self.consumer)
            .bind(now)
            .bind(events)
            .bind(seqs)
            .fetch_all(conn)
            .await?;
        Ok(new.into_iter().collect())
    }

    /// Deletes rows that no redelivery can reach any more.
    pub(crate) async fn forget(&self, conn: &mut PgConnection, now: OffsetDateTime) -> sqlx::Result<()> {
        let sql = format!(
            "delete from {0}.inbox where ctid = any(array(select ctid from {0}.inbox where handled_at < $1 limit $2))",
            self.schema
        );
        loop {
            let done = sqlx::query(AssertSqlSafe(sql.as_str()))
                .bind(now - KEPT)
                .bind(FORGET_BATCH)
                .execute(&mut *conn)
                .await?;
            if done.rows_affected() < u64::from(FORGET_BATCH.unsigned_abs()) {
                return Ok(());
            }
        }
    }
}

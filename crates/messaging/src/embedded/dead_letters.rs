//! Messages that were given up, for an operator to look at. They are in the database whichever bus carries the messages.
//!
//! The connection's role needs [`administrator_grants`](super::administrator_grants). Whoever settles a letter writes down
//! who did in the same transaction, which is why these functions take a connection.

use sqlx::PgConnection;
use time::OffsetDateTime;

/// A message that was given up.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct DeadLetter {
    /// Its number in the queues; also the cursor of [`list`].
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

impl DeadLetter {
    /// The kind of the event; `None` when the message does not say one.
    pub fn kind(&self) -> Option<&str> {
        let said = &self.envelope["headers"]["cloudEvents:type"];
        self.envelope["type"].as_str().or_else(|| said.as_str())
    }
}

/// Which dead letters. What is `None` filters nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// The consumer that could not handle them.
    pub queue: Option<String>,
    /// The kind of the event.
    pub kind: Option<String>,
}

macro_rules! matching {
    ($select:literal, $rest:literal) => {
        concat!(
            "select ",
            $select,
            " from bus.message where dead_at is not null and ($1::text is null or queue = $1)
             and ($2::text is null or coalesce(envelope->>'type', envelope->'headers'->>'cloudEvents:type') = $2) ",
            $rest
        )
    };
}

/// Dead letters, oldest first, from the one after `after`.
///
/// # Errors
/// The database's.
pub async fn list(
    conn: &mut PgConnection,
    filter: &Filter,
    after: Option<i64>,
    limit: usize,
) -> sqlx::Result<Vec<DeadLetter>> {
    sqlx::query_as(matching!(
        "seq, queue, envelope, attempts, dead_at, coalesce(last_error, '') as last_error",
        "and seq > $3 order by seq limit $4"
    ))
    .bind(&filter.queue)
    .bind(&filter.kind)
    .bind(after.unwrap_or(0))
    .bind(i64::try_from(limit).unwrap_or(i64::MAX))
    .fetch_all(conn)
    .await
}

/// How many dead letters there are.
///
/// # Errors
/// The database's.
pub async fn count(conn: &mut PgConnection, filter: &Filter) -> sqlx::Result<i64> {
    sqlx::query_scalar(matching!("count(*)", "")).bind(&filter.queue).bind(&filter.kind).fetch_one(conn).await
}

/// One dead letter.
///
/// # Errors
/// The database's.
pub async fn show(conn: &mut PgConnection, seq: i64) -> sqlx::Result<Option<DeadLetter>> {
    sqlx::query_as(
        "select seq, queue, envelope, attempts, dead_at, coalesce(last_error, '') as last_error from bus.message
         where dead_at is not null and seq = $1",
    )
    .bind(seq)
    .fetch_optional(conn)
    .await
}

/// Gives the message to its consumer again, with all its attempts. False when there is no such dead letter.
///
/// Later messages of its aggregate have been handled since; handlers tell by the event's version.
///
/// # Errors
/// The database's.
pub async fn replay(conn: &mut PgConnection, seq: i64, now: OffsetDateTime) -> sqlx::Result<bool> {
    sqlx::query_scalar("select bus.replay_dead_letter($1, $2)").bind(seq).bind(now).fetch_one(conn).await
}

/// Deletes the message for good. False when there is no such dead letter.
///
/// # Errors
/// The database's.
pub async fn discard(conn: &mut PgConnection, seq: i64) -> sqlx::Result<bool> {
    sqlx::query_scalar("select bus.discard_dead_letter($1)").bind(seq).fetch_one(conn).await
}

//! The statements on the queues.

use events::Envelope;
use sqlx::PgConnection;
use sqlx::types::Json;
use time::OffsetDateTime;
use uuid::Uuid;

/// A message that waits in a queue.
#[derive(Debug)]
pub(crate) struct Message {
    pub(crate) seq: i64,
    pub(crate) attempts: i32,
    pub(crate) envelope: serde_json::Value,
}

/// Whether any queue wants one of the kinds.
pub(crate) async fn is_wanted(conn: &mut PgConnection, kinds: &[String]) -> sqlx::Result<bool> {
    sqlx::query_scalar("select exists (select from bus.subscription where kind = any($1))")
        .bind(kinds)
        .fetch_one(conn)
        .await
}

/// Makes the queue want exactly these kinds, and says that it gets them from now on.
pub(crate) async fn subscribe(conn: &mut PgConnection, queue: &str, kinds: &[&str]) -> sqlx::Result<()> {
    sqlx::query(
        "with gone as (delete from bus.subscription where queue = $1 and kind <> all($2))
         insert into bus.subscription (queue, kind, bound) select $1, kind, true from unnest($2::text[]) kind
         on conflict (kind, queue) do update set bound = true where not subscription.bound",
    )
    .bind(queue)
    .bind(kinds)
    .execute(conn)
    .await?;
    Ok(())
}

/// Makes the queue want these kinds too. It does not get them yet.
pub(crate) async fn want(conn: &mut PgConnection, queue: &str, kinds: &[&str]) -> sqlx::Result<()> {
    sqlx::query(
        "insert into bus.subscription (queue, kind, bound) select $1, kind, false from unnest($2::text[]) kind
         on conflict do nothing",
    )
    .bind(queue)
    .bind(kinds)
    .execute(conn)
    .await?;
    Ok(())
}

/// The kinds that the queue wants.
pub(crate) async fn wanted(conn: &mut PgConnection, queue: &str) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar("select kind from bus.subscription where queue = $1 order by kind")
        .bind(queue)
        .fetch_all(conn)
        .await
}

/// The channel on which it is said that there is something in a queue: its name, then the kinds, with spaces between.
pub(crate) const FILLED: &str = "bus_message";

/// Puts the events into every queue that wants them, in their order, and wakes those who work the queues off with the commit.
pub(crate) async fn fill(conn: &mut PgConnection, batch: &[Envelope], now: OffsetDateTime) -> sqlx::Result<()> {
    let kinds: Vec<&str> = batch.iter().map(|envelope| envelope.kind.as_str()).collect();
    let subjects: Vec<Uuid> = batch.iter().map(|envelope| envelope.subject).collect();
    let envelopes: Vec<Json<&Envelope>> = batch.iter().map(Json).collect();
    // The identity follows the order of the select, so a queue has the batch in the batch's order.
    sqlx::query(
        "with filled as (
             insert into bus.message (queue, subject, envelope, available_at)
             select s.queue, e.subject, e.envelope, $4
             from unnest($1::text[], $2::uuid[], $3::jsonb[]) with ordinality e (kind, subject, envelope, position)
             join bus.subscription s on s.kind = e.kind
             order by e.position
         )
         select pg_notify($5, queue || ' ' || string_agg(kind, ' ')) from bus.subscription where kind = any($1) group by queue",
    )
    .bind(kinds)
    .bind(subjects)
    .bind(envelopes)
    .bind(now)
    .bind(FILLED)
    .execute(conn)
    .await?;
    Ok(())
}

/// Whether this transaction is now the only one that works on the queue.
pub(crate) async fn lock(conn: &mut PgConnection, queue: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar("select pg_try_advisory_xact_lock(hashtext('bus.message'), hashtext($1))")
        .bind(queue)
        .fetch_one(conn)
        .await
}

/// What a look into a queue finds.
#[derive(Debug)]
pub(crate) enum Look {
    /// Somebody else works on it.
    Taken,
    /// This transaction is now the only one that works on it. The oldest messages that are due.
    Mine(Vec<Message>),
}

#[derive(sqlx::FromRow)]
struct Found {
    mine: bool,
    seq: Option<i64>,
    attempts: Option<i32>,
    envelope: Option<serde_json::Value>,
}

/// Locks the queue and reads the oldest messages that are due. One whose aggregate has an older message that waits for its next
/// attempt is not: it would overtake it.
///
/// Both in one statement, so what is read may be older than the lock. That does no harm: a message that its last holder applied is
/// known to the inbox, and one that it postponed is tried sooner, before those behind it.
pub(crate) async fn look(conn: &mut PgConnection, queue: &str, now: OffsetDateTime, limit: i64) -> sqlx::Result<Look> {
    let rows: Vec<Found> = sqlx::query_as(
        "with turn as materialized (select pg_try_advisory_xact_lock(hashtext('bus.message'), hashtext($1)) as mine)
         select turn.mine, found.* from turn left join lateral (
             select m.seq, m.attempts, m.envelope from bus.message m
             where turn.mine and m.queue = $1 and m.dead_at is null and m.available_at <= $2
               and not exists (
                 select from bus.message earlier
                 where earlier.queue = m.queue and earlier.subject = m.subject and earlier.seq < m.seq
                   and earlier.dead_at is null and earlier.attempts > 0 and earlier.available_at > $2)
             order by m.seq limit $3
         ) found on true",
    )
    .bind(queue)
    .bind(now)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    if rows.iter().any(|row| !row.mine) {
        return Ok(Look::Taken);
    }
    let message = |row: Found| Some(Message { seq: row.seq?, attempts: row.attempts?, envelope: row.envelope? });
    Ok(Look::Mine(rows.into_iter().filter_map(message).collect()))
}

/// Records a failed attempt, unless another consumer has got on with the message meanwhile.
pub(crate) async fn postpone(
    conn: &mut PgConnection,
    message: &Message,
    until: OffsetDateTime,
    error: &str,
) -> sqlx::Result<()> {
    sqlx::query(
        "update bus.message set attempts = attempts + 1, available_at = $3, last_error = $4
         where seq = $1 and attempts = $2 and dead_at is null",
    )
    .bind(message.seq)
    .bind(message.attempts)
    .bind(until)
    .bind(error)
    .execute(conn)
    .await?;
    Ok(())
}

/// Makes the message a dead letter, unless another consumer has got on with it meanwhile.
pub(crate) async fn bury(
    conn: &mut PgConnection,
    message: &Message,
    now: OffsetDateTime,
    reason: &str,
) -> sqlx::Result<()> {
    sqlx::query(
        "update bus.message set attempts = attempts + 1, dead_at = $3, last_error = $4
         where seq = $1 and attempts = $2 and dead_at is null",
    )
    .bind(message.seq)
    .bind(message.attempts)
    .bind(now)
    .bind(reason)
    .execute(conn)
    .await?;
    Ok(())
}

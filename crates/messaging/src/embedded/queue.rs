//! The statements on the queues.

use sqlx::PgConnection;
use time::OffsetDateTime;

/// A message that waits in a queue.
#[derive(Debug, sqlx::FromRow)]
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

/// Whether this transaction is now the only one that works on the queue.
pub(crate) async fn lock(conn: &mut PgConnection, queue: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar("select pg_try_advisory_xact_lock(hashtext('bus.message'), hashtext($1))")
        .bind(queue)
        .fetch_one(conn)
        .await
}

/// The oldest messages that are due. One whose aggregate has an older message that waits for its next attempt is not:
/// it would overtake it.
pub(crate) async fn claim(
    conn: &mut PgConnection,
    queue: &str,
    now: OffsetDateTime,
    limit: i64,
) -> sqlx::Result<Vec<Message>> {
    sqlx::query_as(
        "select m.seq, m.attempts, m.envelope from bus.message m
         where m.queue = $1 and m.dead_at is null and m.available_at <= $2
           and not exists (
             select from bus.message earlier
             where earlier.queue = m.queue and earlier.subject = m.subject and earlier.seq < m.seq
               and earlier.dead_at is null and earlier.attempts > 0 and earlier.available_at > $2)
         order by m.seq limit $3",
    )
    .bind(queue)
    .bind(now)
    .bind(limit)
    .fetch_all(conn)
    .await
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

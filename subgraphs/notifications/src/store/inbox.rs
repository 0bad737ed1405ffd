//! What is read in the shop.

use kernel::UserId;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// Finds those of the messages that are in the account's inbox, and in the staff's if asked, and locks them.
pub(crate) async fn lock(conn: &mut PgConnection, user: UserId, staff: bool, ids: &[Uuid]) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "select id from notifications.message
         where id = any($1) and channel = 'IN_APP' and status = 'SENT'
             and (user_id = $2 or ($3 and user_id is null and category = 'STOCK'))
         order by id for update",
        ids,
        user.0,
        staff
    )
    .fetch_all(conn)
    .await
}

/// Marks the messages as read; how many were not.
pub(crate) async fn mark(conn: &mut PgConnection, ids: &[Uuid], now: OffsetDateTime) -> sqlx::Result<u64> {
    let done =
        sqlx::query!("update notifications.message set read_at = $2 where id = any($1) and read_at is null", ids, now);
    Ok(done.execute(conn).await?.rows_affected())
}

/// Marks everything in the account's inbox as read; how many were not.
pub(crate) async fn mark_all(conn: &mut PgConnection, user: UserId, now: OffsetDateTime) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "update notifications.message set read_at = $2 where id in (
             select id from notifications.message
             where user_id = $1 and channel = 'IN_APP' and status = 'SENT' and read_at is null order by id for update)",
        user.0,
        now
    );
    Ok(done.execute(conn).await?.rows_affected())
}

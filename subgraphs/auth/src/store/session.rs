use kernel::{SessionId, UserId};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::app::Session;
use crate::domain::Ended;

/// The most sessions of an account that are listed.
const LISTED: i64 = 100;

struct Row {
    id: Uuid,
    account_id: Uuid,
    created_at: OffsetDateTime,
    last_used_at: OffsetDateTime,
    expires_at: OffsetDateTime,
    user_agent: Option<String>,
    revoked_at: Option<OffsetDateTime>,
}

impl From<Row> for Session {
    fn from(row: Row) -> Self {
        let Row { id, account_id, created_at, last_used_at, expires_at, user_agent, revoked_at } = row;
        let (id, user_id) = (id.into(), account_id.into());
        Self { id, user_id, created_at, last_used_at, expires_at, user_agent, revoked_at }
    }
}

/// Writes the new session.
pub(crate) async fn insert(conn: &mut PgConnection, session: &Session) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into auth.session (id, account_id, created_at, last_used_at, expires_at, user_agent)
         values ($1, $2, $3, $4, $5, $6)",
        session.id.0,
        session.user_id.0,
        session.created_at,
        session.last_used_at,
        session.expires_at,
        session.user_agent
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Moves the end of the session, unless it is over.
pub(crate) async fn prolong(
    conn: &mut PgConnection,
    id: SessionId,
    now: OffsetDateTime,
    expires_at: OffsetDateTime,
) -> sqlx::Result<Option<Session>> {
    // The clock of another replica may be ahead: a session never ends earlier because it was used.
    let row = sqlx::query_as!(
        Row,
        "update auth.session set last_used_at = greatest(last_used_at, $2), expires_at = greatest(expires_at, $3)
         where id = $1 and revoked_at is null and expires_at > $2
         returning id, account_id, created_at, last_used_at, expires_at, user_agent, revoked_at",
        id.0,
        now,
        expires_at
    );
    Ok(row.fetch_optional(conn).await?.map(Into::into))
}

/// The session, locked until the transaction ends.
pub(crate) async fn lock(conn: &mut PgConnection, id: SessionId) -> sqlx::Result<Option<Session>> {
    let row = sqlx::query_as!(
        Row,
        "select id, account_id, created_at, last_used_at, expires_at, user_agent, revoked_at from auth.session
         where id = $1 for no key update",
        id.0
    );
    Ok(row.fetch_optional(conn).await?.map(Into::into))
}

/// Ends the session.
pub(crate) async fn end(
    conn: &mut PgConnection,
    id: SessionId,
    because: Ended,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update auth.session set revoked_at = $3, revoked_reason = $2 where id = $1 and revoked_at is null",
        id.0,
        because.name(),
        now
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Ends every live session of the account but one, and says which.
pub(crate) async fn end_all(
    conn: &mut PgConnection,
    user: UserId,
    except: Option<SessionId>,
    because: Ended,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<SessionId>> {
    let ended = sqlx::query_scalar!(
        "update auth.session set revoked_at = $4, revoked_reason = $3
         where account_id = $1 and id is distinct from $2 and revoked_at is null and expires_at > $4 returning id",
        user.0,
        except.map(|id| id.0),
        because.name(),
        now
    );
    Ok(ended.fetch_all(conn).await?.into_iter().map(SessionId).collect())
}

/// Forgets from which devices the account was used.
pub(crate) async fn erase_devices(conn: &mut PgConnection, user: UserId) -> sqlx::Result<()> {
    sqlx::query!("update auth.session set user_agent = null where account_id = $1 and user_agent is not null", user.0)
        .execute(conn)
        .await?;
    Ok(())
}

/// The live sessions of the accounts, last used first.
pub(crate) async fn live(conn: &mut PgConnection, users: &[Uuid], now: OffsetDateTime) -> sqlx::Result<Vec<Session>> {
    let rows = sqlx::query_as!(
        Row,
        "select s.id, s.account_id, s.created_at, s.last_used_at, s.expires_at, s.user_agent, s.revoked_at
         from unnest($1::uuid[]) as wanted (id), lateral (
             select * from auth.session where account_id = wanted.id and revoked_at is null and expires_at > $2
             order by last_used_at desc, id desc limit $3
         ) s order by s.last_used_at desc, s.id desc",
        users,
        now,
        LISTED
    );
    Ok(rows.fetch_all(conn).await?.into_iter().map(Into::into).collect())
}

/// Deletes some of the sessions that were over at the date, with their tokens; how many.
pub(crate) async fn forget(conn: &mut PgConnection, before: OffsetDateTime) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "delete from auth.session where id in (
             select id from auth.session where expires_at < $1 order by expires_at limit 1000 for update skip locked)",
        before
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

use kernel::SessionId;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// A refresh token as it is known here.
pub(crate) struct Token {
    pub(crate) session: SessionId,
    pub(crate) used: bool,
}

/// Writes a new token of the session.
pub(crate) async fn insert(
    conn: &mut PgConnection,
    hash: &[u8],
    session: SessionId,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into auth.refresh_token (hash, session_id, created_at) values ($1, $2, $3)",
        hash,
        session.0,
        now
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The token by its hash.
pub(crate) async fn find(conn: &mut PgConnection, hash: &[u8]) -> sqlx::Result<Option<Token>> {
    let row = sqlx::query!(
        r#"select session_id, used_at is not null as "used!" from auth.refresh_token where hash = $1"#,
        hash
    );
    Ok(row.fetch_optional(conn).await?.map(|row| Token { session: row.session_id.into(), used: row.used }))
}

/// Uses the token; false when somebody else has just used it.
pub(crate) async fn take(conn: &mut PgConnection, hash: &[u8], now: OffsetDateTime) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update auth.refresh_token set used_at = greatest(created_at, $2) where hash = $1 and used_at is null",
        hash,
        now
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Deletes some of the tokens that were used before the date; how many.
pub(crate) async fn forget(conn: &mut PgConnection, before: OffsetDateTime) -> sqlx::Result<u64> {
    let done = sqlx::query!(
        "delete from auth.refresh_token where hash in (
             select hash from auth.refresh_token where used_at < $1 order by used_at limit 1000 for update skip locked)",
        before
    );
    Ok(done.execute(conn).await?.rows_affected())
}

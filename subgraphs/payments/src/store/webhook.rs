use sqlx::PgConnection;
use time::OffsetDateTime;

/// Records the provider's event; tells whether it is new.
pub(crate) async fn record(
    conn: &mut PgConnection,
    provider: &str,
    event_id: &str,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into payments.webhook_event (provider, event_id, received_at) values ($1, $2, $3) on conflict do nothing",
        provider,
        event_id,
        now
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Forgets events that no provider sends again.
pub(crate) async fn forget(conn: &mut PgConnection, before: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!("delete from payments.webhook_event where received_at < $1", before).execute(conn).await?;
    Ok(())
}

use sqlx::PgConnection;
use uuid::Uuid;

/// Keeps the level, unless something newer is known; true when the variant can be sold now and could not before, or the
/// other way round.
pub(crate) async fn put(conn: &mut PgConnection, variant: Uuid, version: i64, available: i64) -> sqlx::Result<bool> {
    let before = sqlx::query!("select available, version from search.stock_level where variant_id = $1", variant)
        .fetch_optional(&mut *conn)
        .await?;
    if before.as_ref().is_some_and(|before| before.version >= version) {
        return Ok(false);
    }
    sqlx::query!(
        "insert into search.stock_level (variant_id, version, available) values ($1, $2, $3)
         on conflict (variant_id) do update set version = excluded.version, available = excluded.available",
        variant,
        version,
        available
    )
    .execute(conn)
    .await?;
    Ok(before.is_some_and(|before| before.available > 0) != (available > 0))
}

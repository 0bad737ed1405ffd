use sqlx::PgConnection;
use uuid::Uuid;

/// Keeps the level, unless something newer is known; true when the variant can be sold now and could not before, or the
/// other way round.
pub(crate) async fn put(conn: &mut PgConnection, variant: Uuid, version: i64, available: i64) -> sqlx::Result<bool> {
    let turned = sqlx::query_scalar!(
        r#"with before as (select available from search.stock_level where variant_id = $1)
           insert into search.stock_level (variant_id, version, available) values ($1, $2, $3)
           on conflict (variant_id) do update set version = excluded.version, available = excluded.available
           where stock_level.version < excluded.version
           returning (coalesce((select available from before), 0) > 0) <> (available > 0) as "turned!""#,
        variant,
        version,
        available
    );
    Ok(turned.fetch_optional(conn).await?.unwrap_or(false))
}

use kernel::OrderId;
use sqlx::PgConnection;

/// Notes the version of an order's snapshot that has news; false when later news were told.
pub(crate) async fn advance(conn: &mut PgConnection, order: OrderId, version: i64) -> sqlx::Result<bool> {
    let row = sqlx::query_scalar!(
        "insert into notifications.order_seen as seen (order_id, version) values ($1, $2)
         on conflict (order_id) do update set version = excluded.version where seen.version <= excluded.version
         returning version",
        order.0,
        version
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.is_some())
}

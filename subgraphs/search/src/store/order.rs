use events::orders::OrderSnapshot;
use sqlx::PgConnection;
use uuid::Uuid;

/// Keeps the order as it is now, unless something newer is known; of a person who left, without what identifies them.
pub(crate) async fn put(conn: &mut PgConnection, order: &OrderSnapshot) -> sqlx::Result<()> {
    let user = order.user_id.map(|user| user.0);
    sqlx::query!(
        "insert into search.order_document (order_id, version, number, email, user_id, status, placed_at)
         select $1, $2, $3, case when gone then null else $4 end, $5, $6, $7
         from (select exists (select from search.forgotten_user where user_id = $5) as gone) f
         on conflict (order_id) do update
         set version = excluded.version, number = excluded.number, email = excluded.email, user_id = excluded.user_id,
             status = excluded.status, placed_at = excluded.placed_at
         where order_document.version < excluded.version",
        order.order_id.0,
        order.version,
        order.number,
        order.email.as_str(),
        user,
        order.status,
        order.placed_at
    )
    .execute(conn)
    .await
    .map(|_| ())
}

/// Removes what identifies the person from their orders, and from those that are heard of later.
pub(crate) async fn forget(conn: &mut PgConnection, user: Uuid) -> sqlx::Result<()> {
    sqlx::query!("insert into search.forgotten_user (user_id) values ($1) on conflict do nothing", user)
        .execute(&mut *conn)
        .await?;
    sqlx::query!("update search.order_document set email = null where user_id = $1", user)
        .execute(conn)
        .await
        .map(|_| ())
}

use kernel::UserId;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::order_row::{OrderRow, order_rows};
use crate::app::{Order, OrderLine, Place};

/// After every order.
const END_OF_TIME: OffsetDateTime = time::macros::datetime!(9999-12-31 0:00 UTC);

/// Where a page begins. A place before all others stands for none, so that both columns of the index bound the search.
fn place(after: Option<&Place>) -> (OffsetDateTime, Uuid) {
    after.map_or((END_OF_TIME, Uuid::max()), |place| (place.placed_at, place.id))
}

/// A page of everybody's orders, newest first.
pub(crate) async fn page(
    conn: &mut PgConnection,
    status: Option<&str>,
    after: Option<&Place>,
    limit: i64,
) -> sqlx::Result<Vec<Order>> {
    let (at, id) = place(after);
    let rows = match status {
        Some(status) => {
            let rows = order_rows!(
                "null::record[]",
                "where status = $1 and (placed_at, id) < ($2, $3) order by placed_at desc, id desc limit $4",
                status,
                at,
                id,
                limit
            );
            rows.fetch_all(conn).await?
        }
        None => {
            let rows = order_rows!(
                "null::record[]",
                "where (placed_at, id) < ($1, $2) order by placed_at desc, id desc limit $3",
                at,
                id,
                limit
            );
            rows.fetch_all(conn).await?
        }
    };
    rows.into_iter().map(Order::try_from).collect()
}

/// A page of an account's orders, newest first, with their lines where `lines` says so: what a shopper looks at most is one
/// statement.
pub(crate) async fn history(
    conn: &mut PgConnection,
    user: UserId,
    after: Option<&Place>,
    limit: i64,
    lines: bool,
) -> sqlx::Result<Vec<(Order, Option<Vec<OrderLine>>)>> {
    let (at, id) = place(after);
    let rows = order_rows!(
        "case when $5 then array(
             select row(l.variant_id, l.product_id, l.sku, l.title, l.variant_title, l.image_url, l.quantity, l.unit_minor,
                 l.total_minor)
             from orders.order_line l where l.order_id = o.id order by l.position
         ) end",
        "where user_id = $1 and (placed_at, id) < ($2, $3) order by placed_at desc, id desc limit $4",
        user.0,
        at,
        id,
        limit,
        lines
    );
    rows.fetch_all(conn).await?.into_iter().map(OrderRow::with_lines).collect()
}

/// How many orders there are.
pub(crate) async fn count(conn: &mut PgConnection, status: Option<&str>) -> sqlx::Result<i64> {
    match status {
        Some(status) => {
            let count = sqlx::query_scalar!(
                r#"select count(*) as "count!" from orders.customer_order where status = $1"#,
                status
            );
            count.fetch_one(conn).await
        }
        None => {
            let count = sqlx::query_scalar!(r#"select count(*) as "count!" from orders.customer_order"#);
            count.fetch_one(conn).await
        }
    }
}

/// How many orders the account has.
pub(crate) async fn history_count(conn: &mut PgConnection, user: UserId) -> sqlx::Result<i64> {
    let count =
        sqlx::query_scalar!(r#"select count(*) as "count!" from orders.customer_order where user_id = $1"#, user.0);
    count.fetch_one(conn).await
}

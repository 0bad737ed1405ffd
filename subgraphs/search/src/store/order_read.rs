use sqlx::{PgConnection, Postgres, QueryBuilder};

use super::prefix;
use crate::app::{FoundOrder, OrderFilter, OrderPlace};

/// Orders after the place, newest first.
pub(crate) async fn page(
    conn: &mut PgConnection,
    filter: &OrderFilter,
    after: Option<&OrderPlace>,
    limit: i64,
) -> sqlx::Result<Vec<FoundOrder>> {
    let mut sql = QueryBuilder::new("select o.order_id, o.placed_at");
    conditions(&mut sql, filter);
    if let Some(place) = after {
        sql.push(" and (o.placed_at, o.order_id) < (").push_bind(place.placed_at).push(", ");
        sql.push_bind(place.order_id).push(")");
    }
    sql.push(" order by o.placed_at desc, o.order_id desc limit ").push_bind(limit);
    sql.build_query_as().fetch_all(conn).await
}

/// How many orders the filter leaves.
pub(crate) async fn count(conn: &mut PgConnection, filter: &OrderFilter) -> sqlx::Result<i64> {
    let mut sql = QueryBuilder::new("select count(*)");
    conditions(&mut sql, filter);
    sql.build_query_scalar().fetch_one(conn).await
}

fn conditions(sql: &mut QueryBuilder<Postgres>, filter: &OrderFilter) {
    sql.push(" from search.order_document o where true");
    if !filter.text.is_empty() {
        sql.push(" and (o.number like ").push_bind(prefix(&filter.text.to_uppercase()));
        sql.push(" or o.email like ").push_bind(prefix(&filter.text.to_lowercase())).push(")");
    }
    if let Some(status) = &filter.status {
        sql.push(" and o.status = ").push_bind(status.clone());
    }
    if let Some(from) = filter.placed_from {
        sql.push(" and o.placed_at >= ").push_bind(from);
    }
    if let Some(before) = filter.placed_before {
        sql.push(" and o.placed_at < ").push_bind(before);
    }
}

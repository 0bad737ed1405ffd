use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::payment::select_payments;
use crate::domain::{Payment, Status};

/// Payments after the place, latest first.
pub(crate) async fn page(
    conn: &mut PgConnection,
    status: Option<Status>,
    after: Option<(OffsetDateTime, Uuid)>,
    limit: i64,
) -> sqlx::Result<Vec<Payment>> {
    // A place before all others stands for none, so that both columns of the index bound the search.
    let (at, id) = after.unwrap_or((time::macros::datetime!(9999-12-31 0:00 UTC), Uuid::max()));
    let rows = match status {
        Some(status) => {
            let rows = select_payments!(
                "where status = $4 and (created_at, id) < ($1, $2) order by created_at desc, id desc limit $3",
                at,
                id,
                limit,
                status.name()
            );
            rows.fetch_all(conn).await?
        }
        None => {
            let rows = select_payments!(
                "where (created_at, id) < ($1, $2) order by created_at desc, id desc limit $3",
                at,
                id,
                limit
            );
            rows.fetch_all(conn).await?
        }
    };
    rows.into_iter().map(Payment::try_from).collect()
}

/// How many payments there are.
pub(crate) async fn count(conn: &mut PgConnection, status: Option<Status>) -> sqlx::Result<i64> {
    let Some(status) = status else {
        return sqlx::query_scalar!(r#"select count(*) as "count!" from payments.payment"#).fetch_one(conn).await;
    };
    sqlx::query_scalar!(r#"select count(*) as "count!" from payments.payment where status = $1"#, status.name())
        .fetch_one(conn)
        .await
}

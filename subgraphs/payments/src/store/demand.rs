use kernel::{OrderId, PaymentId};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// What the first request of a payment for an order meets.
pub(crate) enum Asked {
    /// Nothing: go on.
    First,
    /// It was asked for before.
    Again,
    /// It was asked to be undone before it was asked for.
    Undone,
}

/// Records that a payment is asked for. Locks the order's row until the transaction ends.
pub(crate) async fn ask(conn: &mut PgConnection, order: OrderId, payment: PaymentId) -> sqlx::Result<Asked> {
    let row = sqlx::query!(
        r#"insert into payments.demand (order_id, payment_id) values ($1, $2)
           on conflict (order_id) do update set payment_id = coalesce(payments.demand.payment_id, excluded.payment_id)
           returning payment_id, undo_at is not null as "undone!""#,
        order.0,
        payment.0
    )
    .fetch_one(conn)
    .await?;
    Ok(match (row.payment_id == Some(payment.0), row.undone) {
        (false, _) => Asked::Again,
        (true, true) => Asked::Undone,
        (true, false) => Asked::First,
    })
}

/// Records that the order's payment is to be undone, there be one or not. Locks the order's row until the transaction ends.
pub(crate) async fn undo(
    conn: &mut PgConnection,
    order: OrderId,
    reason: &str,
    now: OffsetDateTime,
) -> sqlx::Result<Option<PaymentId>> {
    let payment = sqlx::query_scalar!(
        "insert into payments.demand (order_id, undo_at, undo_reason) values ($1, $2, $3)
         on conflict (order_id) do update set undo_at = coalesce(payments.demand.undo_at, excluded.undo_at),
             undo_reason = coalesce(payments.demand.undo_reason, excluded.undo_reason)
         returning payment_id",
        order.0,
        now,
        reason
    )
    .fetch_one(conn)
    .await?;
    Ok(payment.map(Into::into))
}

/// Why the payment is to be undone, in the words of who asked for it; none when nobody did.
pub(crate) async fn undo_reason(conn: &mut PgConnection, payment: PaymentId) -> sqlx::Result<Option<String>> {
    let found = sqlx::query_scalar!("select undo_reason from payments.demand where payment_id = $1", payment.0);
    Ok(found.fetch_optional(conn).await?.flatten().filter(|reason| !reason.is_empty()))
}

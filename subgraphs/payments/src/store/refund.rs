use kernel::{Currency, Money, PaymentId, RefundId};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::corrupt;
use crate::app::Refund;
use crate::domain::{RefundOrigin, RefundStatus};

/// Writes a new refund, unless there is one with this id; tells whether it was written. With a failure it is decided at once.
pub(crate) async fn insert(
    conn: &mut PgConnection,
    refund: &Refund,
    due_at: Option<OffsetDateTime>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into payments.refund (id, payment_id, amount, reason, origin, status, failure_reason, due_at, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9) on conflict (id) do nothing",
        refund.id.0,
        refund.payment_id.0,
        refund.amount.minor,
        refund.reason,
        refund.origin.name(),
        refund.status.name(),
        refund.failure_reason,
        due_at,
        refund.created_at
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Whether there is a refund with this id.
pub(crate) async fn exists(conn: &mut PgConnection, id: RefundId) -> sqlx::Result<bool> {
    let found = sqlx::query_scalar!("select 1 as one from payments.refund where id = $1", id.0).fetch_optional(conn);
    Ok(found.await?.is_some())
}

/// How a refund stands.
pub(crate) struct Stands {
    pub(crate) status: RefundStatus,
    pub(crate) attempts: u32,
}

/// The refund, locked until the transaction ends. Its payment must be locked before.
pub(crate) async fn lock(conn: &mut PgConnection, id: RefundId) -> sqlx::Result<Option<Stands>> {
    let row = sqlx::query!("select status, attempts from payments.refund where id = $1 for update", id.0)
        .fetch_optional(conn)
        .await?;
    row.map(|row| Ok(Stands { status: row.status.parse().map_err(corrupt)?, attempts: row.attempts.unsigned_abs() }))
        .transpose()
}

/// Decides the refund.
pub(crate) async fn decide(
    conn: &mut PgConnection,
    id: RefundId,
    status: RefundStatus,
    failure: Option<&str>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update payments.refund set status = $2, failure_reason = $3, due_at = null, leased_until = null, updated_at = $4 where id = $1",
        id.0,
        status.name(),
        failure,
        now
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Leaves the refund to be looked at again, and gives it back if the lease still holds.
pub(crate) async fn put_off(
    conn: &mut PgConnection,
    (id, lease): (RefundId, OffsetDateTime),
    reference: Option<&str>,
    attempts: u32,
    due_at: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update payments.refund set reference = coalesce($3, reference), attempts = $4, due_at = $5, leased_until = null
         where id = $1 and leased_until = $2",
        id.0,
        lease,
        reference,
        i32::try_from(attempts).unwrap_or(i32::MAX),
        due_at
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Who wants the refund: its id is told to them alone.
pub(crate) async fn origin(conn: &mut PgConnection, id: RefundId) -> sqlx::Result<RefundOrigin> {
    let origin = sqlx::query_scalar!("select origin from payments.refund where id = $1", id.0).fetch_one(conn).await?;
    origin.parse().map_err(corrupt)
}

/// The refunds of the payments, oldest first.
pub(crate) async fn of_payments(conn: &mut PgConnection, payments: &[Uuid]) -> sqlx::Result<Vec<Refund>> {
    let rows = sqlx::query!(
        "select r.id, r.payment_id, r.amount, p.currency, r.reason, r.origin, r.status, r.failure_reason, r.created_at
         from payments.refund r join payments.payment p on p.id = r.payment_id
         where r.payment_id = any($1) order by r.created_at, r.id",
        payments
    );
    let read = |payment_id: Uuid, minor: i64, currency: &str| {
        let currency: Currency = currency.parse().map_err(corrupt)?;
        Ok::<_, sqlx::Error>((PaymentId(payment_id), Money { minor, currency }))
    };
    rows.fetch_all(conn)
        .await?
        .into_iter()
        .map(|row| {
            let (payment_id, amount) = read(row.payment_id, row.amount, &row.currency)?;
            Ok(Refund {
                id: row.id.into(),
                payment_id,
                amount,
                reason: row.reason,
                origin: row.origin.parse().map_err(corrupt)?,
                status: row.status.parse().map_err(corrupt)?,
                failure_reason: row.failure_reason,
                created_at: row.created_at,
            })
        })
        .collect()
}

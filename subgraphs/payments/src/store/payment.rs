use kernel::{Money, OrderId, PaymentId, UserId};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::corrupt;
use crate::domain::{Decline, Payment};

#[derive(Debug)]
pub(super) struct PaymentRow {
    pub(super) id: Uuid,
    pub(super) order_id: Uuid,
    pub(super) user_id: Option<Uuid>,
    pub(super) provider: String,
    pub(super) currency: String,
    pub(super) amount: i64,
    pub(super) authorised: i64,
    pub(super) captured: i64,
    pub(super) refunded: i64,
    pub(super) refunding: i64,
    pub(super) status: String,
    pub(super) reference: Option<String>,
    pub(super) action_url: Option<String>,
    pub(super) failure_code: Option<String>,
    pub(super) failure_reason: Option<String>,
    pub(super) undo: bool,
    pub(super) loose: bool,
    pub(super) begun_at: Option<OffsetDateTime>,
    pub(super) attempts: i32,
    pub(super) pay_by: OffsetDateTime,
    pub(super) version: i64,
    pub(super) created_at: OffsetDateTime,
    pub(super) updated_at: OffsetDateTime,
}

impl TryFrom<PaymentRow> for Payment {
    type Error = sqlx::Error;
    fn try_from(row: PaymentRow) -> sqlx::Result<Self> {
        let failure = row.failure_code.zip(row.failure_reason).map(|(code, reason)| Decline { code, reason });
        Ok(Self {
            id: row.id.into(),
            order_id: row.order_id.into(),
            user_id: row.user_id.map(Into::into),
            provider: row.provider,
            amount: Money { minor: row.amount, currency: row.currency.parse().map_err(corrupt)? },
            authorised: row.authorised,
            captured: row.captured,
            refunded: row.refunded,
            refunding: row.refunding,
            status: row.status.parse().map_err(corrupt)?,
            reference: row.reference,
            action_url: row.action_url,
            failure,
            undo: row.undo,
            loose: row.loose,
            begun_at: row.begun_at,
            attempts: row.attempts.unsigned_abs(),
            pay_by: row.pay_by,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}

/// Selects payments: `$tail` is what follows `from payments.payment`.
macro_rules! select_payments {
    ($tail:literal $(, $value:expr)*) => {
        sqlx::query_as!(
            $crate::store::payment::PaymentRow,
            "select id, order_id, user_id, provider, currency, amount, authorised, captured, refunded, refunding, status, reference,
                 action_url, failure_code, failure_reason, undo, loose, begun_at, attempts, pay_by, version, created_at, updated_at
             from payments.payment " + $tail
            $(, $value)*
        )
    };
}
pub(super) use select_payments;

async fn one(row: impl Future<Output = sqlx::Result<Option<PaymentRow>>>) -> sqlx::Result<Option<Payment>> {
    row.await?.map(Payment::try_from).transpose()
}

/// Writes a new payment, which belongs to the trace we are in. The address of an account that was deleted meanwhile is left out.
pub(crate) async fn insert(
    conn: &mut PgConnection,
    payment: &Payment,
    email: &str,
    token: &str,
    due_at: Option<OffsetDateTime>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into payments.payment (id, order_id, user_id, email, provider, token, currency, amount, authorised, captured, status,
             failure_code, failure_reason, undo, pay_by, due_at, created_at, updated_at, traceparent)
         values ($1, $2, $3, case when exists (select from payments.forgotten_user where user_id = $3) then null else $4 end, $5,
             case when $11 = 'REQUESTED' then $6 end, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $17, $18)",
        payment.id.0,
        payment.order_id.0,
        payment.user_id.map(|id| id.0),
        email,
        payment.provider,
        token,
        payment.amount.currency.code(),
        payment.amount.minor,
        payment.authorised,
        payment.captured,
        payment.status.name(),
        payment.failure.as_ref().map(|failure| failure.code.as_str()),
        payment.failure.as_ref().map(|failure| failure.reason.as_str()),
        payment.undo,
        payment.pay_by,
        due_at,
        payment.created_at,
        trace::traceparent()
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Writes what changed, if nobody changed it since it was read, and gives the payment back if the lease still holds. The token goes as
/// soon as the provider has answered.
pub(crate) async fn save(
    conn: &mut PgConnection,
    payment: &Payment,
    due_at: Option<OffsetDateTime>,
    lease: Option<OffsetDateTime>,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let done = sqlx::query!(
        "update payments.payment set authorised = $3, captured = $4, refunded = $5, refunding = $6, status = $7, reference = $8,
             action_url = $9, failure_code = $10, failure_reason = $11, undo = $12, loose = $13, attempts = $14, due_at = $15,
             updated_at = $16, version = version + 1, token = case when $7 = 'REQUESTED' then token end,
             leased_until = case when leased_until = $17 then null else leased_until end
         where id = $1 and version = $2",
        payment.id.0,
        payment.version,
        payment.authorised,
        payment.captured,
        payment.refunded,
        payment.refunding,
        payment.status.name(),
        payment.reference,
        payment.action_url,
        payment.failure.as_ref().map(|failure| failure.code.as_str()),
        payment.failure.as_ref().map(|failure| failure.reason.as_str()),
        payment.undo,
        payment.loose,
        i32::try_from(payment.attempts).unwrap_or(i32::MAX),
        due_at,
        now,
        lease
    )
    .execute(conn)
    .await?;
    if done.rows_affected() == 1 {
        return Ok(());
    }
    Err(sqlx::Error::Protocol(format!("payment {} was changed by another, although it was locked", payment.id)))
}

/// The payment, locked until the transaction ends.
pub(crate) async fn lock(conn: &mut PgConnection, id: PaymentId) -> sqlx::Result<Option<Payment>> {
    one(select_payments!("where id = $1 for update", id.0).fetch_optional(conn)).await
}

/// The order's latest payment, locked until the transaction ends.
pub(crate) async fn lock_of_order(conn: &mut PgConnection, order: OrderId) -> sqlx::Result<Option<Payment>> {
    let row = select_payments!("where order_id = $1 order by created_at desc, id desc limit 1 for update", order.0);
    one(row.fetch_optional(conn)).await
}

/// The payments by their ids.
pub(crate) async fn by_ids(conn: &mut PgConnection, ids: &[Uuid]) -> sqlx::Result<Vec<Payment>> {
    let rows = select_payments!("where id = any($1)", ids).fetch_all(conn).await?;
    rows.into_iter().map(Payment::try_from).collect()
}

/// The payments of the orders, latest first.
pub(crate) async fn of_orders(conn: &mut PgConnection, orders: &[Uuid]) -> sqlx::Result<Vec<Payment>> {
    let rows =
        select_payments!("where order_id = any($1) order by created_at desc, id desc", orders).fetch_all(conn).await?;
    rows.into_iter().map(Payment::try_from).collect()
}

/// Forgets where the account's owner can be reached, for good.
pub(crate) async fn forget_email(conn: &mut PgConnection, user: UserId, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into payments.forgotten_user (user_id, forgotten_at) values ($1, $2) on conflict do nothing",
        user.0,
        now
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!("update payments.payment set email = null where user_id = $1 and email is not null", user.0)
        .execute(conn)
        .await?;
    Ok(())
}

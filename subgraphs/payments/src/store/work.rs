//! Who works on what: a worker has a row to itself while its lease lasts.

use kernel::{PaymentId, RefundId};
use secrecy::SecretString;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::payment::{PaymentRow, select_payments};
use crate::domain::Payment;

/// A payment that one worker has to itself.
#[derive(Debug)]
pub(crate) struct Claimed {
    pub(crate) payment: Payment,
    pub(crate) token: Option<SecretString>,
    pub(crate) email: Option<String>,
    pub(crate) lease: OffsetDateTime,
    /// W3C Trace Context of what asked for it.
    pub(crate) traceparent: Option<String>,
}

#[derive(Debug)]
struct ClaimedRow {
    id: Uuid,
    order_id: Uuid,
    user_id: Option<Uuid>,
    provider: String,
    currency: String,
    amount: i64,
    authorised: i64,
    captured: i64,
    refunded: i64,
    refunding: i64,
    status: String,
    reference: Option<String>,
    action_url: Option<String>,
    failure_code: Option<String>,
    failure_reason: Option<String>,
    undo: bool,
    loose: bool,
    begun_at: Option<OffsetDateTime>,
    attempts: i32,
    pay_by: OffsetDateTime,
    version: i64,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
    token: Option<String>,
    email: Option<String>,
    traceparent: Option<String>,
}

impl ClaimedRow {
    fn into_claimed(self, lease: OffsetDateTime) -> sqlx::Result<Claimed> {
        let payment = PaymentRow {
            id: self.id,
            order_id: self.order_id,
            user_id: self.user_id,
            provider: self.provider,
            currency: self.currency,
            amount: self.amount,
            authorised: self.authorised,
            captured: self.captured,
            refunded: self.refunded,
            refunding: self.refunding,
            status: self.status,
            reference: self.reference,
            action_url: self.action_url,
            failure_code: self.failure_code,
            failure_reason: self.failure_reason,
            undo: self.undo,
            loose: self.loose,
            begun_at: self.begun_at,
            attempts: self.attempts,
            pay_by: self.pay_by,
            version: self.version,
            created_at: self.created_at,
            updated_at: self.updated_at,
        };
        let (token, email, traceparent) = (self.token.map(Into::into), self.email, self.traceparent);
        Ok(Claimed { payment: payment.try_into()?, token, email, lease, traceparent })
    }
}

/// Takes payments: `$from` selects their ids, first and by itself, so that each is found by its id. A payment that may begin has begun from the commit on, for its
/// call can arrive even when nobody lives to see the answer. The time is that of the last such call: only long after it may a
/// provider be believed that it never heard of the payment.
macro_rules! claim_payments {
    ($from:literal, $($value:expr),+) => {
        sqlx::query_as!(
            ClaimedRow,
            "update payments.payment p set leased_until = $2,
                 begun_at = case when p.status = 'REQUESTED' and not p.undo and p.pay_by > $1 then $1 else p.begun_at end
             where p.id = any(array(" + $from + "))
             returning p.id, p.order_id, p.user_id, p.provider, p.currency, p.amount, p.authorised, p.captured, p.refunded, p.refunding,
                 p.status, p.reference, p.action_url, p.failure_code, p.failure_reason, p.undo, p.loose, p.begun_at, p.attempts, p.pay_by,
                 p.version, p.created_at, p.updated_at, p.token, p.email, p.traceparent",
            $($value),+
        )
    };
}

/// Takes payments that are due and nobody else's, the longest due first.
pub(crate) async fn claim(
    conn: &mut PgConnection,
    now: OffsetDateTime,
    lease: OffsetDateTime,
    limit: i64,
) -> sqlx::Result<Vec<Claimed>> {
    let rows = claim_payments!(
        "select id from payments.payment where due_at <= $1 and (leased_until is null or leased_until <= $1)
         order by due_at limit $3 for update skip locked",
        now,
        lease,
        limit
    );
    rows.fetch_all(conn).await?.into_iter().map(|row| row.into_claimed(lease)).collect()
}

/// Takes the payment, due or not, unless it is somebody else's.
pub(crate) async fn claim_one(
    conn: &mut PgConnection,
    now: OffsetDateTime,
    lease: OffsetDateTime,
    id: PaymentId,
) -> sqlx::Result<Option<Claimed>> {
    let row = claim_payments!(
        "select id from payments.payment where id = $3 and (leased_until is null or leased_until <= $1) for update skip locked",
        now,
        lease,
        id.0
    );
    row.fetch_optional(conn).await?.map(|row| row.into_claimed(lease)).transpose()
}

/// The payment as it is now, if the lease still holds.
pub(crate) async fn held(
    conn: &mut PgConnection,
    id: PaymentId,
    lease: OffsetDateTime,
) -> sqlx::Result<Option<Payment>> {
    let row = select_payments!("where id = $1 and leased_until = $2", id.0, lease).fetch_optional(conn).await?;
    row.map(Payment::try_from).transpose()
}

/// A refund that one worker has to itself.
#[derive(Debug)]
pub(crate) struct ClaimedRefund {
    pub(crate) id: RefundId,
    pub(crate) payment_id: PaymentId,
    pub(crate) minor: i64,
    pub(crate) reference: Option<String>,
    pub(crate) lease: OffsetDateTime,
}

/// Takes refunds that are due and nobody else's, the longest due first.
pub(crate) async fn claim_refunds(
    conn: &mut PgConnection,
    now: OffsetDateTime,
    lease: OffsetDateTime,
    limit: i64,
) -> sqlx::Result<Vec<ClaimedRefund>> {
    let rows = sqlx::query!(
        "update payments.refund r set leased_until = $2
         where r.id = any(array(
             select id from payments.refund where due_at <= $1 and (leased_until is null or leased_until <= $1)
             order by due_at limit $3 for update skip locked))
         returning r.id, r.payment_id, r.amount, r.reference",
        now,
        lease,
        limit
    )
    .fetch_all(conn)
    .await?;
    let claimed = rows.into_iter().map(|row| ClaimedRefund {
        id: row.id.into(),
        payment_id: row.payment_id.into(),
        minor: row.amount,
        reference: row.reference,
        lease,
    });
    Ok(claimed.collect())
}

/// Wakes the workers when the transaction commits.
pub(crate) async fn wake(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("select pg_notify('payments_work', '') as done").execute(conn).await?;
    Ok(())
}

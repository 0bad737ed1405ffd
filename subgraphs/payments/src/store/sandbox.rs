//! The sandbox's books. What is only play need not survive a power cut, so it does not wait for the disk.

use kernel::{Money, PaymentId};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::corrupt;
use crate::domain::Decline;

/// How a charge stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum State {
    ActionRequired(String),
    Pending,
    Authorised,
    Captured,
    Cancelled,
    Declined(Decline),
}

/// A charge to be made.
pub(crate) struct NewCharge<'a> {
    pub(crate) reference: &'a str,
    pub(crate) key: &'a str,
    pub(crate) payment_id: PaymentId,
    pub(crate) amount: Money,
    pub(crate) state: &'a State,
    pub(crate) hook_due_at: Option<OffsetDateTime>,
}

impl State {
    fn columns(&self) -> (&'static str, Option<&str>, Option<&Decline>) {
        match self {
            Self::ActionRequired(url) => ("ACTION_REQUIRED", Some(url), None),
            Self::Pending => ("PENDING", None, None),
            Self::Authorised => ("AUTHORISED", None, None),
            Self::Captured => ("CAPTURED", None, None),
            Self::Cancelled => ("CANCELLED", None, None),
            Self::Declined(why) => ("DECLINED", None, Some(why)),
        }
    }
}

struct Row {
    reference: String,
    status: String,
    action_url: Option<String>,
    code: Option<String>,
    reason: Option<String>,
}

impl Row {
    fn state(self) -> sqlx::Result<(String, State)> {
        let text = |text: Option<String>| text.unwrap_or_default();
        let state = match self.status.as_str() {
            "ACTION_REQUIRED" => State::ActionRequired(text(self.action_url)),
            "PENDING" => State::Pending,
            "AUTHORISED" => State::Authorised,
            "CAPTURED" => State::Captured,
            "CANCELLED" => State::Cancelled,
            "DECLINED" => State::Declined(Decline { code: text(self.code), reason: text(self.reason) }),
            other => return Err(corrupt(format!("unknown state {other:?}"))),
        };
        Ok((self.reference, state))
    }
}

/// The secret that webhooks are signed with: the first one that was given.
pub(crate) async fn webhook_secret(conn: &mut PgConnection, new: &str) -> sqlx::Result<String> {
    sqlx::query_scalar!(
        "insert into payments.sandbox_account (webhook_secret) values ($1)
         on conflict (only_one) do update set webhook_secret = payments.sandbox_account.webhook_secret
         returning webhook_secret",
        new
    )
    .fetch_one(conn)
    .await
}

/// Makes the charge, once for a key: its name and how it stands.
pub(crate) async fn charge(conn: &mut PgConnection, new: NewCharge<'_>) -> sqlx::Result<(String, State)> {
    let (status, action_url, why) = new.state.columns();
    sqlx::query_as!(
        Row,
        "insert into payments.sandbox_charge (reference, key, payment_id, currency, minor, status, action_url, code, reason, hook_due_at)
         select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10 from (select set_config('synchronous_commit', 'off', true)) quick
         on conflict (key) do update set key = excluded.key
         returning reference, status, action_url, code, reason",
        new.reference,
        new.key,
        new.payment_id.0,
        new.amount.currency.code(),
        new.amount.minor,
        status,
        action_url,
        why.map(|why| why.code.as_str()),
        why.map(|why| why.reason.as_str()),
        new.hook_due_at
    )
    .fetch_one(conn)
    .await?
    .state()
}

/// Captures what is authorised; the charge's name if it is captured now.
pub(crate) async fn capture(conn: &mut PgConnection, payment: PaymentId) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "update payments.sandbox_charge set status = 'CAPTURED', captured = minor
         from (select set_config('synchronous_commit', 'off', true)) quick
         where payment_id = $1 and status in ('AUTHORISED', 'CAPTURED') returning reference",
        payment.0
    )
    .fetch_optional(conn)
    .await
}

/// Cancels what is not captured.
pub(crate) async fn cancel(conn: &mut PgConnection, payment: PaymentId) -> sqlx::Result<()> {
    sqlx::query!(
        "update payments.sandbox_charge set status = 'CANCELLED', hook_due_at = null
         where payment_id = $1 and status in ('ACTION_REQUIRED', 'PENDING', 'AUTHORISED')",
        payment.0
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Moves a charge that waits for its shopper to the state.
pub(crate) async fn answer_challenge(conn: &mut PgConnection, payment: PaymentId, then: &State) -> sqlx::Result<()> {
    let (status, _, why) = then.columns();
    sqlx::query!(
        "update payments.sandbox_charge set status = $2, code = $3, reason = $4 where payment_id = $1 and status = 'ACTION_REQUIRED'",
        payment.0,
        status,
        why.map(|why| why.code.as_str()),
        why.map(|why| why.reason.as_str())
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The charge's name and how it stands; none: it never arrived.
pub(crate) async fn state(conn: &mut PgConnection, payment: PaymentId) -> sqlx::Result<Option<(String, State)>> {
    let row = sqlx::query_as!(
        Row,
        "select reference, status, action_url, code, reason from payments.sandbox_charge where payment_id = $1",
        payment.0
    );
    row.fetch_optional(conn).await?.map(Row::state).transpose()
}

/// Gives back, once for a key; whether it fits into what was captured. Wants a transaction.
pub(crate) async fn refund(conn: &mut PgConnection, key: &str, payment: PaymentId, minor: i64) -> sqlx::Result<bool> {
    let charge = sqlx::query!(
        "select reference, captured - refunded >= $2 as \"fits!\" from payments.sandbox_charge where payment_id = $1 for update",
        payment.0,
        minor
    )
    .fetch_optional(&mut *conn)
    .await?;
    let Some(charge) = charge else { return Ok(false) };
    let before = sqlx::query_scalar!("select minor from payments.sandbox_refund where key = $1", key);
    if before.fetch_optional(&mut *conn).await?.is_some() {
        return Ok(true);
    }
    if !charge.fits {
        return Ok(false);
    }
    sqlx::query!(
        "with given as (insert into payments.sandbox_refund (key, reference, minor) values ($1, $2, $3))
         update payments.sandbox_charge set refunded = refunded + $3 where reference = $2",
        key,
        charge.reference,
        minor
    )
    .execute(conn)
    .await?;
    Ok(true)
}

/// Decides the charges whose webhook is due, and tells which they are.
pub(crate) async fn due_hooks(
    conn: &mut PgConnection,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<(uuid::Uuid, String, State)>> {
    let rows = sqlx::query!(
        "update payments.sandbox_charge set status = case when status = 'PENDING' then 'AUTHORISED' else status end
         where hook_due_at <= $1 returning payment_id, reference, status, action_url, code, reason",
        now
    );
    rows.fetch_all(conn)
        .await?
        .into_iter()
        .map(|row| {
            let (reference, status, action_url) = (row.reference, row.status, row.action_url);
            let (reference, state) =
                Row { reference, status, action_url, code: row.code, reason: row.reason }.state()?;
            Ok((row.payment_id, reference, state))
        })
        .collect()
}

/// The webhook has arrived.
pub(crate) async fn hook_sent(conn: &mut PgConnection, reference: &str) -> sqlx::Result<()> {
    sqlx::query!("update payments.sandbox_charge set hook_due_at = null where reference = $1", reference)
        .execute(conn)
        .await?;
    Ok(())
}

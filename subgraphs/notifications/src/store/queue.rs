//! The messages that wait to be sent.

use std::collections::HashSet;

use kernel::{MessageId, UserId};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::adapters::Outgoing;

/// A message that was taken to be sent.
#[derive(Debug)]
pub(crate) struct Claimed {
    pub(crate) id: MessageId,
    pub(crate) user_id: Option<UserId>,
    pub(crate) template: String,
    /// This one included.
    pub(crate) attempts: u32,
    recipient: String,
    subject: String,
    text: String,
    html: String,
    created_at: OffsetDateTime,
}

/// A message to be tried again.
#[derive(Debug)]
pub(crate) struct Retry {
    id: MessageId,
    attempts: i32,
    reason: Option<String>,
    next_attempt_at: OffsetDateTime,
}

impl Retry {
    /// One that could not be sent for the reason.
    pub(crate) fn after(message: &Claimed, reason: String, next_attempt_at: OffsetDateTime) -> Self {
        Self { reason: Some(reason), ..Self::with(message, message.attempts, next_attempt_at) }
    }

    /// One that was taken and not tried, which is no attempt.
    pub(crate) fn untried(message: &Claimed, next_attempt_at: OffsetDateTime) -> Self {
        Self::with(message, message.attempts.saturating_sub(1), next_attempt_at)
    }

    fn with(message: &Claimed, attempts: u32, next_attempt_at: OffsetDateTime) -> Self {
        Self { id: message.id, attempts: i32::try_from(attempts).unwrap_or(i32::MAX), reason: None, next_attempt_at }
    }
}

impl Claimed {
    /// The message as it leaves.
    pub(crate) fn outgoing(&self) -> Result<Outgoing, String> {
        Ok(Outgoing {
            id: self.id,
            recipient: self.recipient.parse().map_err(|error| format!("{error}"))?,
            subject: self.subject.clone(),
            text: self.text.clone(),
            html: self.html.clone(),
            created_at: self.created_at,
        })
    }
}

/// Takes messages that are due, the longest waiting first, past those that others are taking; nobody else has them until
/// the lease ends.
pub(crate) async fn claim(
    conn: &mut PgConnection,
    lease: Uuid,
    now: OffsetDateTime,
    until: OffsetDateTime,
    limit: i64,
) -> sqlx::Result<Vec<Claimed>> {
    let rows = sqlx::query!(
        // By an array, so that what is updated is found by its key: joined, all messages may be read for a few.
        r#"update notifications.message m set attempts = m.attempts + 1, lease = $1, next_attempt_at = $3
           where m.id = any(array(
               select id from notifications.message where status = 'QUEUED' and next_attempt_at <= $2
               order by next_attempt_at, id limit $4 for update skip locked))
           returning m.id, m.user_id, m.template, m.attempts, coalesce(m.recipient, '') as "recipient!", m.subject, m.text,
               coalesce(m.html, '') as "html!", m.created_at"#,
        lease,
        now,
        until,
        limit
    );
    let claimed = rows.fetch_all(conn).await?.into_iter().map(|row| Claimed {
        id: row.id.into(),
        user_id: row.user_id.map(Into::into),
        template: row.template,
        attempts: row.attempts.unsigned_abs(),
        recipient: row.recipient,
        subject: row.subject,
        text: row.text,
        html: row.html,
        created_at: row.created_at,
    });
    Ok(claimed.collect())
}

/// Those of the messages that are still under the lease: one may be erased meanwhile, or taken over. They are locked, in one
/// order, until the transaction ends.
pub(crate) async fn held(conn: &mut PgConnection, lease: Uuid, ids: &[Uuid]) -> sqlx::Result<HashSet<MessageId>> {
    let held = sqlx::query_scalar!(
        "select id from notifications.message where id = any($2) and lease = $1 order by id for update",
        lease,
        ids
    );
    Ok(held.fetch_all(conn).await?.into_iter().map(Into::into).collect())
}

/// Records what has left, with what the other side said.
pub(crate) async fn sent(conn: &mut PgConnection, sent: &[(Claimed, String)], now: OffsetDateTime) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = sent.iter().map(|(message, _)| message.id.0).collect();
    let receipts: Vec<String> = sent.iter().map(|(_, receipt)| receipt.clone()).collect();
    sqlx::query!(
        "update notifications.message m set status = 'SENT', sent_at = $3, receipt = done.receipt, last_error = null,
             lease = null, next_attempt_at = null
         from unnest($1::uuid[], $2::text[]) as done (id, receipt) where m.id = done.id",
        &ids,
        &receipts,
        now
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Puts back what is tried again.
pub(crate) async fn retry(conn: &mut PgConnection, again: &[Retry]) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = again.iter().map(|retry| retry.id.0).collect();
    let attempts: Vec<i32> = again.iter().map(|retry| retry.attempts).collect();
    let reasons: Vec<Option<String>> = again.iter().map(|retry| retry.reason.clone()).collect();
    let times: Vec<OffsetDateTime> = again.iter().map(|retry| retry.next_attempt_at).collect();
    sqlx::query!(
        "update notifications.message m set attempts = done.attempts, last_error = coalesce(done.reason, m.last_error),
             next_attempt_at = done.at, lease = null
         from unnest($1::uuid[], $2::int4[], $3::text[], $4::timestamptz[]) as done (id, attempts, reason, at) where m.id = done.id",
        &ids,
        &attempts,
        &reasons as &[Option<String>],
        &times
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Records what cannot be delivered.
pub(crate) async fn failed(conn: &mut PgConnection, given_up: &[(Claimed, String)]) -> sqlx::Result<()> {
    let ids: Vec<Uuid> = given_up.iter().map(|(message, _)| message.id.0).collect();
    let reasons: Vec<String> = given_up.iter().map(|(_, reason)| reason.clone()).collect();
    sqlx::query!(
        "update notifications.message m set status = 'FAILED', last_error = done.reason, lease = null, next_attempt_at = null
         from unnest($1::uuid[], $2::text[]) as done (id, reason) where m.id = done.id",
        &ids,
        &reasons
    )
    .execute(conn)
    .await?;
    Ok(())
}

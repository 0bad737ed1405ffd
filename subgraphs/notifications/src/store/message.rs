use kernel::UserId;
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::app::NewMessage;
use crate::domain::Status;

/// Stores the message; false when one with its key is there already.
pub(crate) async fn insert(conn: &mut PgConnection, new: &NewMessage) -> sqlx::Result<bool> {
    let queued = (new.status == Status::Queued).then_some(new.created_at);
    let sent = (new.status == Status::Sent).then_some(new.created_at);
    let done = sqlx::query!(
        "insert into notifications.message (id, dedupe_key, user_id, order_id, variant_id, recipient, channel, category,
             template, template_version, locale, subject, text, html, status, last_error, resend_of, created_at, erased_at,
             next_attempt_at, sent_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
         on conflict (dedupe_key) do nothing",
        new.id.0,
        new.dedupe_key,
        new.user_id.map(|id| id.0),
        new.order_id.map(|id| id.0),
        new.variant_id.map(|id| id.0),
        new.recipient,
        new.channel.name(),
        new.category.name(),
        new.template.name(),
        new.template_version,
        new.locale,
        new.subject,
        new.text,
        new.html,
        new.status.name(),
        new.last_error,
        new.resend_of.map(|id| id.0),
        new.created_at,
        new.erased_at,
        queued,
        sent
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Forgets what was written to the account's owner; what still waits is not sent any more.
pub(crate) async fn erase(conn: &mut PgConnection, user: UserId, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "update notifications.message set recipient = null, subject = '', text = '', html = null, receipt = null,
             status = case when status = 'QUEUED' then 'SUPPRESSED' else status end,
             last_error = case when status = 'QUEUED' then 'the account was deleted' end,
             next_attempt_at = null, lease = null, erased_at = $2
         where id in (
             select id from notifications.message where user_id = $1 and erased_at is null order by id for update)",
        user.0,
        now
    )
    .execute(conn)
    .await?;
    Ok(())
}

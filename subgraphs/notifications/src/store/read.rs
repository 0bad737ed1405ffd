use kernel::MessageId;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::corrupt;
use crate::app::Message;

#[derive(sqlx::FromRow)]
pub(super) struct MessageRow {
    id: Uuid,
    user_id: Option<Uuid>,
    order_id: Option<Uuid>,
    variant_id: Option<Uuid>,
    recipient: Option<String>,
    channel: String,
    category: String,
    template: String,
    template_version: i32,
    locale: String,
    subject: String,
    text: String,
    html: Option<String>,
    status: String,
    attempts: i32,
    next_attempt_at: Option<OffsetDateTime>,
    last_error: Option<String>,
    receipt: Option<String>,
    resend_of: Option<Uuid>,
    created_at: OffsetDateTime,
    sent_at: Option<OffsetDateTime>,
    read_at: Option<OffsetDateTime>,
    erased_at: Option<OffsetDateTime>,
}

impl TryFrom<MessageRow> for Message {
    type Error = sqlx::Error;
    fn try_from(row: MessageRow) -> sqlx::Result<Self> {
        Ok(Self {
            id: row.id.into(),
            user_id: row.user_id.map(Into::into),
            order_id: row.order_id.map(Into::into),
            variant_id: row.variant_id.map(Into::into),
            recipient: row.recipient,
            channel: row.channel.parse().map_err(corrupt)?,
            category: row.category.parse().map_err(corrupt)?,
            template: row.template.parse().map_err(corrupt)?,
            template_version: row.template_version,
            locale: row.locale,
            subject: row.subject,
            text: row.text,
            html: row.html,
            status: row.status.parse().map_err(corrupt)?,
            attempts: row.attempts,
            next_attempt_at: row.next_attempt_at,
            last_error: row.last_error,
            receipt: row.receipt,
            resend_of: row.resend_of.map(Into::into),
            created_at: row.created_at,
            sent_at: row.sent_at,
            read_at: row.read_at,
            erased_at: row.erased_at,
        })
    }
}

/// The message by its id.
pub(crate) async fn by_id(conn: &mut PgConnection, id: MessageId) -> sqlx::Result<Option<Message>> {
    let row = sqlx::query_as!(
        MessageRow,
        "select id, user_id, order_id, variant_id, recipient, channel, category, template, template_version, locale,
             subject, text, html, status, attempts, next_attempt_at, last_error, receipt, resend_of, created_at, sent_at,
             read_at, erased_at
         from notifications.message where id = $1",
        id.0
    );
    row.fetch_optional(conn).await?.map(Message::try_from).transpose()
}

/// The message by its key.
pub(crate) async fn by_dedupe_key(conn: &mut PgConnection, key: &str) -> sqlx::Result<Option<Message>> {
    let row = sqlx::query_as!(
        MessageRow,
        "select id, user_id, order_id, variant_id, recipient, channel, category, template, template_version, locale,
             subject, text, html, status, attempts, next_attempt_at, last_error, receipt, resend_of, created_at, sent_at,
             read_at, erased_at
         from notifications.message where dedupe_key = $1",
        key
    );
    row.fetch_optional(conn).await?.map(Message::try_from).transpose()
}

/// What was written about the orders, oldest first.
pub(crate) async fn of_orders(conn: &mut PgConnection, orders: &[Uuid]) -> sqlx::Result<Vec<Message>> {
    let rows = sqlx::query_as!(
        MessageRow,
        "select id, user_id, order_id, variant_id, recipient, channel, category, template, template_version, locale,
             subject, text, html, status, attempts, next_attempt_at, last_error, receipt, resend_of, created_at, sent_at,
             read_at, erased_at
         from notifications.message where order_id = any($1) order by order_id, created_at, id",
        orders
    );
    rows.fetch_all(conn).await?.into_iter().map(Message::try_from).collect()
}

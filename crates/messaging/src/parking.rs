//! Messages of a broker that cannot be handled now are parked in the consumer's queue in PostgreSQL, in the order in which
//! they arrived, before the broker may forget them.

use events::Envelope;
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::inbox::Inbox;

/// What to do with a message that has arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Apply it.
    Free,
    /// An earlier message of its aggregate waits for another attempt: park it behind.
    Behind,
    /// It is parked, or a dead letter: it was delivered again.
    Here,
}

/// A message to be parked.
#[derive(Debug)]
pub(crate) struct Parked {
    /// What it is recognised by when it arrives again. None: nothing in it can be read.
    pub(crate) event: Option<Uuid>,
    pub(crate) subject: Uuid,
    pub(crate) envelope: serde_json::Value,
    pub(crate) attempts: i32,
    pub(crate) available_at: OffsetDateTime,
    /// When it was given up, and why; or why it waits.
    pub(crate) dead_at: Option<OffsetDateTime>,
    pub(crate) last_error: Option<String>,
}

impl Parked {
    /// One that waits behind another of its aggregate.
    pub(crate) fn behind(envelope: &Envelope, now: OffsetDateTime) -> sqlx::Result<Self> {
        Ok(Self {
            event: Some(envelope.id),
            subject: envelope.subject,
            envelope: serde_json::to_value(envelope).map_err(|error| sqlx::Error::Encode(error.into()))?,
            attempts: 0,
            available_at: now,
            dead_at: None,
            last_error: None,
        })
    }
}

/// The place of each message. Whoever asks has locked the queue and found nothing in it that is due, so that whatever
/// waits there waits for a message that was tried.
pub(crate) async fn places(conn: &mut PgConnection, queue: &str, batch: &[&Envelope]) -> sqlx::Result<Vec<Place>> {
    let ids: Vec<Uuid> = batch.iter().map(|envelope| envelope.id).collect();
    let subjects: Vec<Uuid> = batch.iter().map(|envelope| envelope.subject).collect();
    let found: Vec<(bool, bool)> = sqlx::query_as(
        "select exists (select from bus.message m where m.queue = $1 and m.event_id = a.id),
                exists (select from bus.message m where m.queue = $1 and m.subject = a.subject and m.dead_at is null and m.attempts > 0)
         from unnest($2::uuid[], $3::uuid[]) with ordinality a (id, subject, position) order by a.position",
    )
    .bind(queue)
    .bind(ids)
    .bind(subjects)
    .fetch_all(conn)
    .await?;
    Ok(found
        .into_iter()
        .map(|(here, held)| {
            if here {
                Place::Here
            } else if held {
                Place::Behind
            } else {
                Place::Free
            }
        })
        .collect())
}

/// Parks the messages in order, those excepted that are parked or handled already.
pub(crate) async fn park(conn: &mut PgConnection, inbox: Inbox, messages: Vec<Parked>) -> sqlx::Result<()> {
    let sql = format!(
        "insert into bus.message (queue, event_id, subject, envelope, attempts, available_at, dead_at, last_error)
         select $1, p.event, p.subject, p.envelope, p.attempts, p.available_at, p.dead_at, p.last_error
         from unnest($2::uuid[], $3::uuid[], $4::jsonb[], $5::int4[], $6::timestamptz[], $7::timestamptz[], $8::text[])
              with ordinality p (event, subject, envelope, attempts, available_at, dead_at, last_error, position)
         where not exists (select from {}.inbox i where i.consumer = $1 and i.event_id = p.event)
         order by p.position
         on conflict (queue, event_id) where event_id is not null do nothing",
        inbox.schema
    );
    let mut columns = (vec![], vec![], vec![], vec![], vec![], vec![], vec![]);
    for message in messages {
        columns.0.push(message.event);
        columns.1.push(message.subject);
        columns.2.push(Json(message.envelope));
        columns.3.push(message.attempts);
        columns.4.push(message.available_at);
        columns.5.push(message.dead_at);
        columns.6.push(message.last_error);
    }
    sqlx::query(AssertSqlSafe(sql))
        .bind(inbox.consumer)
        .bind(columns.0)
        .bind(columns.1)
        .bind(columns.2)
        .bind(columns.3)
        .bind(columns.4)
        .bind(columns.5)
        .bind(columns.6)
        .execute(conn)
        .await?;
    Ok(())
}

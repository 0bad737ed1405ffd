use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::app::{AuditEntry, AuditFilter};

struct Row {
    id: Uuid,
    at: OffsetDateTime,
    actor: String,
    action: String,
    subject: String,
    origin: Option<String>,
    details: Value,
}

impl TryFrom<Row> for AuditEntry {
    type Error = sqlx::Error;
    fn try_from(row: Row) -> sqlx::Result<Self> {
        let Row { id, at, actor, action, subject, origin, details } = row;
        let action = action.parse().map_err(|unknown: String| sqlx::Error::Decode(unknown.into()))?;
        Ok(Self { id, at, actor, action, subject, origin, details })
    }
}

/// Writes the entry.
pub(crate) async fn insert(conn: &mut PgConnection, entry: &AuditEntry) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into auth.audit (id, at, actor, action, subject, origin, details) values ($1, $2, $3, $4, $5, $6, $7)",
        entry.id,
        entry.at,
        entry.actor,
        entry.action.name(),
        entry.subject,
        entry.origin,
        entry.details
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Entries, latest first, from the one before `before`.
pub(crate) async fn list(
    conn: &mut PgConnection,
    filter: &AuditFilter,
    before: Option<Uuid>,
    limit: usize,
) -> sqlx::Result<Vec<AuditEntry>> {
    let rows = sqlx::query_as!(
        Row,
        "select id, at, actor, action, subject, origin, details from auth.audit
         where ($1::text is null or subject = $1) and ($2::text is null or actor = $2) and ($3::text is null or action = $3)
           and ($4::uuid is null or id < $4)
         order by id desc limit $5",
        filter.subject,
        filter.actor,
        filter.action.map(|action| action.name()),
        before,
        i64::try_from(limit).unwrap_or(i64::MAX)
    );
    rows.fetch_all(conn).await?.into_iter().map(AuditEntry::try_from).collect()
}

/// The latest entries about each of the subjects, at most `limit` each, latest first.
pub(crate) async fn of(conn: &mut PgConnection, subjects: &[String], limit: i64) -> sqlx::Result<Vec<AuditEntry>> {
    let rows = sqlx::query_as!(
        Row,
        "select a.id, a.at, a.actor, a.action, a.subject, a.origin, a.details
         from unnest($1::text[]) as wanted (subject), lateral (
             select * from auth.audit where subject = wanted.subject order by id desc limit $2
         ) a order by a.id desc",
        subjects,
        limit
    );
    rows.fetch_all(conn).await?.into_iter().map(AuditEntry::try_from).collect()
}

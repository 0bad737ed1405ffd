use sqlx::PgConnection;
use time::OffsetDateTime;

use super::corrupt;
use crate::app::Template;
use crate::domain::TemplateName;

struct Row {
    name: String,
    channel: String,
    locale: String,
    version: i32,
    subject: String,
    text: String,
    html: Option<String>,
    created_at: OffsetDateTime,
}

impl TryFrom<Row> for Template {
    type Error = sqlx::Error;
    fn try_from(row: Row) -> sqlx::Result<Self> {
        Ok(Self {
            name: row.name.parse().map_err(corrupt)?,
            channel: row.channel.parse().map_err(corrupt)?,
            locale: row.locale,
            version: row.version,
            subject: row.subject,
            text: row.text,
            html: row.html,
            created_at: row.created_at,
        })
    }
}

/// The texts in use for the occasion in any of the languages, in the order of the languages.
pub(crate) async fn active(
    conn: &mut PgConnection,
    name: TemplateName,
    locales: &[String],
) -> sqlx::Result<Vec<Template>> {
    let rows = sqlx::query_as!(
        Row,
        "select name, channel, locale, version, subject, text, html, created_at from notifications.template
         where active and name = $1 and locale = any($2) order by array_position($2, locale)",
        name.name(),
        locales
    );
    rows.fetch_all(conn).await?.into_iter().map(Template::try_from).collect()
}

/// The texts in use.
pub(crate) async fn all(conn: &mut PgConnection) -> sqlx::Result<Vec<Template>> {
    let rows = sqlx::query_as!(
        Row,
        "select name, channel, locale, version, subject, text, html, created_at from notifications.template
         where active order by name, channel, locale"
    );
    rows.fetch_all(conn).await?.into_iter().map(Template::try_from).collect()
}

/// Takes the text that the new one replaces out of use; the latest version there was, 0 for none. One at a time: two who
/// write the same text get two versions.
pub(crate) async fn retire(conn: &mut PgConnection, new: &Template) -> sqlx::Result<i32> {
    sqlx::query!("select pg_advisory_xact_lock(hashtext('notifications.template'))").execute(&mut *conn).await?;
    sqlx::query!(
        "update notifications.template set active = false where active and name = $1 and channel = $2 and locale = $3",
        new.name.name(),
        new.channel.name(),
        new.locale
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query_scalar!(
        r#"select coalesce(max(version), 0) as "version!" from notifications.template
           where name = $1 and channel = $2 and locale = $3"#,
        new.name.name(),
        new.channel.name(),
        new.locale
    )
    .fetch_one(conn)
    .await
}

/// Puts the text into use.
pub(crate) async fn insert(conn: &mut PgConnection, new: &Template) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into notifications.template (name, channel, locale, version, active, subject, text, html, created_at)
         values ($1, $2, $3, $4, true, $5, $6, $7, $8)",
        new.name.name(),
        new.channel.name(),
        new.locale,
        new.version,
        new.subject,
        new.text,
        new.html,
        new.created_at
    )
    .execute(conn)
    .await?;
    Ok(())
}

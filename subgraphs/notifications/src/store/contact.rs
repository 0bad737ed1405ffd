use events::auth::AccountRegistered;
use events::users::UserUpdated;
use kernel::UserId;
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::app::Contact;
use crate::domain::DEFAULT_LOCALE;

/// What is known of the account's owner. Nobody can erase it until the transaction ends.
pub(crate) async fn find(conn: &mut PgConnection, user: UserId) -> sqlx::Result<Option<Contact>> {
    sqlx::query_as!(
        Contact,
        r#"select display_name, locale, erased_at is not null as "erased!" from notifications.contact
           where user_id = $1 for share"#,
        user.0
    )
    .fetch_optional(conn)
    .await
}

/// Notes a new account. What the profile said already is newer than the registration. Nothing for a deleted account.
pub(crate) async fn registered(
    conn: &mut PgConnection,
    event: &AccountRegistered,
    now: OffsetDateTime,
) -> sqlx::Result<Option<Contact>> {
    sqlx::query_as!(
        Contact,
        r#"insert into notifications.contact as known (user_id, email, display_name, locale, version, updated_at)
           values ($1, $2, $3, $4, 0, $5)
           on conflict (user_id) do update set email = excluded.email, updated_at = excluded.updated_at,
               display_name = case when known.version = 0 then excluded.display_name else known.display_name end,
               locale = case when known.version = 0 then excluded.locale else known.locale end
           where known.erased_at is null
           returning display_name, locale, erased_at is not null as "erased!""#,
        event.user_id.0,
        event.email.as_str(),
        event.display_name,
        event.locale,
        now
    )
    .fetch_optional(conn)
    .await
}

/// Notes the profile, unless a later version was seen or the account is deleted.
pub(crate) async fn updated(conn: &mut PgConnection, event: &UserUpdated, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into notifications.contact as known (user_id, display_name, locale, version, updated_at)
         values ($1, $2, $3, $4, $5)
         on conflict (user_id) do update set display_name = excluded.display_name, locale = excluded.locale,
             version = excluded.version, updated_at = excluded.updated_at
         where known.erased_at is null and known.version < excluded.version",
        event.user_id.0,
        event.display_name,
        event.locale,
        event.version,
        now
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Empties the contact for good, known or not.
pub(crate) async fn erase(conn: &mut PgConnection, user: UserId, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into notifications.contact (user_id, display_name, locale, version, updated_at, erased_at)
         values ($1, '', $2, 0, $3, $3)
         on conflict (user_id) do update set email = null, display_name = '', locale = excluded.locale,
             updated_at = excluded.updated_at, erased_at = excluded.erased_at
         where contact.erased_at is null",
        user.0,
        DEFAULT_LOCALE,
        now
    )
    .execute(conn)
    .await?;
    Ok(())
}

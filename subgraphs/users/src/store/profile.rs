use kernel::UserId;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::corrupt;
use crate::app::{Known, Profile};
use crate::domain::Details;

/// The row of somebody who has not left.
pub(super) struct ProfileRow {
    pub(super) id: Uuid,
    pub(super) email: String,
    pub(super) display_name: String,
    pub(super) phone: Option<String>,
    pub(super) locale: String,
    pub(super) currency: String,
    pub(super) marketing_opt_in: bool,
    pub(super) version: i64,
    pub(super) created_at: OffsetDateTime,
    pub(super) updated_at: OffsetDateTime,
}

impl TryFrom<ProfileRow> for Profile {
    type Error = sqlx::Error;
    fn try_from(row: ProfileRow) -> sqlx::Result<Self> {
        Ok(Self {
            id: row.id.into(),
            email: row.email.parse().map_err(corrupt)?,
            details: Details {
                display_name: row.display_name,
                phone: row.phone,
                locale: row.locale,
                currency: row.currency.parse().map_err(corrupt)?,
                marketing_opt_in: row.marketing_opt_in,
            },
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}

/// Writes a new profile, unless something is known of the account already.
pub(crate) async fn insert(conn: &mut PgConnection, new: &Profile) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into users.user_profile (id, email, display_name, phone, locale, currency, marketing_opt_in, version,
             created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (id) do nothing",
        new.id.0,
        new.email.as_str(),
        new.details.display_name,
        new.details.phone,
        new.details.locale,
        new.details.currency.code(),
        new.details.marketing_opt_in,
        new.version,
        new.created_at,
        new.updated_at
    );
    Ok(done.execute(conn).await?.rows_affected() == 1)
}

/// Writes that the owner of an account left, unless something is known of the account already.
pub(crate) async fn insert_left(conn: &mut PgConnection, user: UserId, now: OffsetDateTime) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into users.user_profile (id, version, created_at, updated_at, deleted_at) values ($1, 1, $2, $2, $2)
         on conflict (id) do nothing",
        user.0,
        now
    );
    Ok(done.execute(conn).await?.rows_affected() == 1)
}

/// What is known of the account, locked until the transaction ends.
pub(crate) async fn lock(conn: &mut PgConnection, user: UserId) -> sqlx::Result<Known> {
    sqlx::query!("select 1 as one from users.user_profile where id = $1 for update", user.0)
        .fetch_optional(&mut *conn)
        .await?;
    find(conn, user).await
}

/// What is known of the account.
pub(crate) async fn find(conn: &mut PgConnection, user: UserId) -> sqlx::Result<Known> {
    let row = sqlx::query!(
        r#"select id, email as "email?", display_name, phone, locale, currency, marketing_opt_in, version, created_at,
               updated_at
           from users.user_profile where id = $1"#,
        user.0
    );
    let Some(row) = row.fetch_optional(conn).await? else { return Ok(Known::Nothing) };
    let (Some(email), Some(display_name), Some(locale), Some(currency)) =
        (row.email, row.display_name, row.locale, row.currency)
    else {
        return Ok(Known::Left);
    };
    let row = ProfileRow {
        id: row.id,
        email,
        display_name,
        phone: row.phone,
        locale,
        currency,
        marketing_opt_in: row.marketing_opt_in,
        version: row.version,
        created_at: row.created_at,
        updated_at: row.updated_at,
    };
    Ok(Known::Here(row.try_into()?))
}

/// The profiles of those who have not left, in no order.
pub(crate) async fn by_ids(conn: &mut PgConnection, ids: &[Uuid]) -> sqlx::Result<Vec<Profile>> {
    let rows = sqlx::query_as!(
        ProfileRow,
        r#"select id, email as "email!", display_name as "display_name!", phone, locale as "locale!",
               currency as "currency!", marketing_opt_in, version, created_at, updated_at
           from users.user_profile where id = any($1) and deleted_at is null"#,
        ids
    );
    rows.fetch_all(conn).await?.into_iter().map(Profile::try_from).collect()
}

/// Writes what a change can change.
pub(crate) async fn save(conn: &mut PgConnection, profile: &Profile) -> sqlx::Result<()> {
    let details = &profile.details;
    sqlx::query!(
        "update users.user_profile set display_name = $2, phone = $3, locale = $4, currency = $5, marketing_opt_in = $6,
             version = $7, updated_at = $8
         where id = $1",
        profile.id.0,
        details.display_name,
        details.phone,
        details.locale,
        details.currency.code(),
        details.marketing_opt_in,
        profile.version,
        profile.updated_at
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Leaves nothing of the profile but that its owner left.
pub(crate) async fn erase(conn: &mut PgConnection, user: UserId, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "update users.user_profile set email = null, display_name = null, phone = null, locale = null, currency = null,
             marketing_opt_in = false, version = version + 1, updated_at = $2, deleted_at = $2
         where id = $1",
        user.0,
        now
    )
    .execute(conn)
    .await?;
    Ok(())
}

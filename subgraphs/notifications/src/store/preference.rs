use kernel::UserId;
use sqlx::PgConnection;

use super::corrupt;
use crate::domain::Preference;

/// What the account chose.
pub(crate) async fn of(conn: &mut PgConnection, user: UserId) -> sqlx::Result<Vec<Preference>> {
    let rows = sqlx::query!(
        "select category, channel, enabled from notifications.preference where user_id = $1 order by category, channel",
        user.0
    );
    let chosen = rows.fetch_all(conn).await?.into_iter().map(|row| {
        Ok(Preference {
            category: row.category.parse().map_err(corrupt)?,
            channel: row.channel.parse().map_err(corrupt)?,
            enabled: row.enabled,
        })
    });
    chosen.collect()
}

/// Stores choices, each category and channel at most once.
pub(crate) async fn save(conn: &mut PgConnection, user: UserId, chosen: &[Preference]) -> sqlx::Result<()> {
    let categories: Vec<String> = chosen.iter().map(|of| of.category.name().to_owned()).collect();
    let channels: Vec<String> = chosen.iter().map(|of| of.channel.name().to_owned()).collect();
    let enabled: Vec<bool> = chosen.iter().map(|of| of.enabled).collect();
    sqlx::query!(
        // In one order, so that two requests of one account wait for each other instead of blocking each other.
        "insert into notifications.preference (user_id, category, channel, enabled)
         select $1, new.* from unnest($2::text[], $3::text[], $4::bool[]) as new (category, channel, enabled)
         order by new.category, new.channel
         on conflict (user_id, category, channel) do update set enabled = excluded.enabled",
        user.0,
        &categories,
        &channels,
        &enabled
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Forgets what the account chose.
pub(crate) async fn forget(conn: &mut PgConnection, user: UserId) -> sqlx::Result<()> {
    sqlx::query!("delete from notifications.preference where user_id = $1", user.0).execute(conn).await?;
    Ok(())
}

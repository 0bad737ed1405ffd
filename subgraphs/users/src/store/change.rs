use kernel::UserId;
use sqlx::PgConnection;
use sqlx::types::Json;
use time::OffsetDateTime;
use uuid::Uuid;

use super::corrupt;
use crate::app::{Change, Place};
use crate::domain::FieldChange;

/// Writes down what was done.
pub(crate) async fn insert(conn: &mut PgConnection, change: &Change) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into users.change (id, user_id, at, actor_id, kind, address_id, fields) values ($1, $2, $3, $4, $5, $6, $7)",
        change.id,
        change.user_id.0,
        change.at,
        change.actor_id.map(|id| id.0),
        change.kind.name(),
        change.address_id.map(|id| id.0),
        Json(&change.fields) as _
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A page of each user's history, latest first: entries with the number of the user in the list.
pub(crate) async fn pages(
    conn: &mut PgConnection,
    users: &[(UserId, Option<Place>)],
    limit: i64,
) -> sqlx::Result<Vec<(usize, Change)>> {
    let ids: Vec<Uuid> = users.iter().map(|(user, _)| user.0).collect();
    let ats: Vec<Option<OffsetDateTime>> = users.iter().map(|(_, place)| place.map(|place| place.at)).collect();
    let lasts: Vec<Option<Uuid>> = users.iter().map(|(_, place)| place.map(|place| place.id)).collect();
    let rows = sqlx::query!(
        r#"select wanted.number as "number!", c.id, c.user_id, c.at, c.actor_id, c.kind, c.address_id,
               c.fields as "fields: Json<Vec<FieldChange>>"
           from unnest($1::uuid[], $2::timestamptz[], $3::uuid[]) with ordinality as wanted (user_id, at, id, number)
           cross join lateral (
               select * from users.change c
               where c.user_id = wanted.user_id and (c.at, c.id) <
                   (coalesce(wanted.at, 'infinity'), coalesce(wanted.id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
               order by c.at desc, c.id desc limit $4
           ) as c
           order by wanted.number, c.at desc, c.id desc"#,
        &ids,
        &ats as &[Option<OffsetDateTime>],
        &lasts as &[Option<Uuid>],
        limit
    );
    let mut found = Vec::new();
    for row in rows.fetch_all(conn).await? {
        let index = usize::try_from(row.number - 1).map_err(corrupt)?;
        let change = Change {
            id: row.id,
            user_id: row.user_id.into(),
            at: row.at,
            actor_id: row.actor_id.map(Into::into),
            kind: row.kind.parse().map_err(corrupt)?,
            address_id: row.address_id.map(Into::into),
            fields: row.fields.0,
        };
        found.push((index, change));
    }
    Ok(found)
}

/// Removes the user's history.
pub(crate) async fn delete_all(conn: &mut PgConnection, user: UserId) -> sqlx::Result<()> {
    sqlx::query!("delete from users.change where user_id = $1", user.0).execute(conn).await?;
    Ok(())
}

use sqlx::PgConnection;

use super::profile::ProfileRow;
use crate::app::{Place, Profile};

/// Greater than whatever can follow a prefix, in the order of bytes.
const LAST: char = char::MAX;

/// A page of all profiles, latest first.
pub(crate) async fn newest(conn: &mut PgConnection, after: Option<Place>, limit: i64) -> sqlx::Result<Vec<Profile>> {
    let (at, id) = after.map(|place| (place.at, place.id)).unzip();
    let rows = sqlx::query_as!(
        ProfileRow,
        r#"select id, email as "email!", display_name as "display_name!", phone, locale as "locale!",
               currency as "currency!", marketing_opt_in, version, created_at, updated_at
           from users.user_profile
           where deleted_at is null
               and (created_at, id) < (coalesce($1::timestamptz, 'infinity'), coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
           order by created_at desc, id desc limit $3"#,
        at,
        id,
        limit
    );
    rows.fetch_all(conn).await?.into_iter().map(Profile::try_from).collect()
}

/// A page of the profiles whose e-mail address or name begins so, latest first. What matches is gathered first, from the
/// two indexes: a plan that walks the newest profiles and looks at each would be long when few match.
pub(crate) async fn matching(
    conn: &mut PgConnection,
    prefix: &str,
    after: Option<Place>,
    limit: i64,
) -> sqlx::Result<Vec<Profile>> {
    let (at, id) = after.map(|place| (place.at, place.id)).unzip();
    let (email, email_end) = range(&prefix.to_lowercase());
    let (name, name_end) = range(prefix);
    let rows = sqlx::query_as!(
        ProfileRow,
        r#"with found as materialized (
               select p.id, p.email, p.display_name, p.phone, p.locale, p.currency, p.marketing_opt_in, p.version,
                   p.created_at, p.updated_at
               from users.user_profile p
               where p.email collate "C" >= $1 and p.email collate "C" < $2 and p.deleted_at is null
               union
               select p.id, p.email, p.display_name, p.phone, p.locale, p.currency, p.marketing_opt_in, p.version,
                   p.created_at, p.updated_at
               from users.user_profile p
               where lower(p.display_name) collate "C" >= lower($3) and lower(p.display_name) collate "C" < lower($4)
                   and p.deleted_at is null
           )
           select id as "id!", email as "email!", display_name as "display_name!", phone, locale as "locale!",
               currency as "currency!", marketing_opt_in as "marketing_opt_in!", version as "version!",
               created_at as "created_at!", updated_at as "updated_at!"
           from found
           where (created_at, id) < (coalesce($5::timestamptz, 'infinity'), coalesce($6::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
           order by created_at desc, id desc limit $7"#,
        email,
        email_end,
        name,
        name_end,
        at,
        id,
        limit
    );
    rows.fetch_all(conn).await?.into_iter().map(Profile::try_from).collect()
}

/// How many profiles there are.
pub(crate) async fn count(conn: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(r#"select count(*) as "count!" from users.user_profile where deleted_at is null"#)
        .fetch_one(conn)
        .await
}

/// How many profiles have an e-mail address or a name that begins so.
pub(crate) async fn count_matching(conn: &mut PgConnection, prefix: &str) -> sqlx::Result<i64> {
    let (email, email_end) = range(&prefix.to_lowercase());
    let (name, name_end) = range(prefix);
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from (
               select p.id from users.user_profile p
               where p.email collate "C" >= $1 and p.email collate "C" < $2 and p.deleted_at is null
               union
               select p.id from users.user_profile p
               where lower(p.display_name) collate "C" >= lower($3) and lower(p.display_name) collate "C" < lower($4)
                   and p.deleted_at is null
           ) as found"#,
        email,
        email_end,
        name,
        name_end
    );
    count.fetch_one(conn).await
}

/// Everything that begins with the prefix, as a range.
fn range(prefix: &str) -> (String, String) {
    (prefix.to_owned(), format!("{prefix}{LAST}"))
}

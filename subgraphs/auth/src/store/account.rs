use std::collections::HashMap;

use kernel::{Fault, UserId};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::domain::{NewAccount, Role};

/// What somebody proves to be an account's owner with.
pub(crate) struct Credentials {
    pub(crate) id: UserId,
    pub(crate) email: String,
    pub(crate) password_hash: String,
}

/// Opens the account; false when the e-mail address has one.
pub(crate) async fn insert(
    conn: &mut PgConnection,
    id: UserId,
    account: &NewAccount,
    password_hash: &str,
    now: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into auth.account (id, email, password_hash, created_at)
         values ($1, $2, $3, $4) on conflict (email) do nothing",
        id.0,
        account.email.as_str(),
        password_hash,
        now
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The account with the e-mail address.
pub(crate) async fn id_by_email(conn: &mut PgConnection, email: &str) -> sqlx::Result<Option<UserId>> {
    let id = sqlx::query_scalar!("select id from auth.account where email = $1", email).fetch_optional(conn).await?;
    Ok(id.map(UserId))
}

/// The credentials of the account with the e-mail address.
pub(crate) async fn credentials_by_email(conn: &mut PgConnection, email: &str) -> sqlx::Result<Option<Credentials>> {
    let row = sqlx::query!(
        r#"select id, email as "email!", password_hash as "password_hash!" from auth.account where email = $1"#,
        email
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Credentials { id: row.id.into(), email: row.email, password_hash: row.password_hash }))
}

/// The credentials of the account, unless its owner has left.
pub(crate) async fn credentials(conn: &mut PgConnection, id: UserId) -> sqlx::Result<Option<Credentials>> {
    let row = sqlx::query!(
        r#"select id, email as "email!", password_hash as "password_hash!" from auth.account
           where id = $1 and deleted_at is null"#,
        id.0
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Credentials { id: row.id.into(), email: row.email, password_hash: row.password_hash }))
}

/// Whether this is still the account's password; then it stays so until the transaction ends.
pub(crate) async fn hold(conn: &mut PgConnection, id: UserId, password_hash: &str) -> sqlx::Result<bool> {
    let same = sqlx::query_scalar!(
        "select 1 as one from auth.account where id = $1 and password_hash = $2 for share",
        id.0,
        password_hash
    );
    Ok(same.fetch_optional(conn).await?.is_some())
}

/// Whether the account exists and its owner has not left; then it stays so until the transaction ends.
pub(crate) async fn lock(conn: &mut PgConnection, id: UserId) -> sqlx::Result<bool> {
    let found = sqlx::query_scalar!(
        "select 1 as one from auth.account where id = $1 and deleted_at is null for no key update",
        id.0
    );
    Ok(found.fetch_optional(conn).await?.is_some())
}

/// Replaces the password, if it is still the one that was proved.
pub(crate) async fn replace_password(
    conn: &mut PgConnection,
    id: UserId,
    (old, new): (&str, &str),
) -> sqlx::Result<bool> {
    let done =
        sqlx::query!("update auth.account set password_hash = $3 where id = $1 and password_hash = $2", id.0, old, new)
            .execute(conn)
            .await?;
    Ok(done.rows_affected() == 1)
}

/// Erases who the owner was; false when there is nothing left to erase.
pub(crate) async fn erase(conn: &mut PgConnection, id: UserId, now: OffsetDateTime) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update auth.account set email = null, password_hash = null, deleted_at = $2
         where id = $1 and deleted_at is null",
        id.0,
        now
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The roles of those of the accounts whose owners have not left.
pub(crate) async fn roles(conn: &mut PgConnection, ids: &[Uuid]) -> Result<HashMap<UserId, Vec<Role>>, Fault> {
    let rows = sqlx::query!(
        "select r.account_id, r.role from auth.account_role r join auth.account a on a.id = r.account_id
         where r.account_id = any($1) and a.deleted_at is null",
        ids
    )
    .fetch_all(conn)
    .await?;
    let mut found: HashMap<UserId, Vec<Role>> = HashMap::new();
    for row in rows {
        found
            .entry(row.account_id.into())
            .or_default()
            .push(row.role.parse().map_err(|unknown: String| Fault::internal(unknown))?);
    }
    found.values_mut().for_each(|roles| roles.sort_unstable());
    Ok(found)
}

/// Makes the account's roles these.
pub(crate) async fn set_roles(conn: &mut PgConnection, id: UserId, roles: &[Role]) -> sqlx::Result<()> {
    let names: Vec<String> = roles.iter().map(|role| role.name().to_owned()).collect();
    sqlx::query!("delete from auth.account_role where account_id = $1 and not role = any($2)", id.0, &names)
        .execute(&mut *conn)
        .await?;
    sqlx::query!(
        "insert into auth.account_role (account_id, role) select $1, unnest($2::text[]) on conflict do nothing",
        id.0,
        &names
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// How many administrators there are beside the account. Until the transaction ends nobody else changes who they are.
pub(crate) async fn administrators_beside(conn: &mut PgConnection, id: UserId) -> sqlx::Result<usize> {
    let others = sqlx::query_scalar!(
        "select account_id from auth.account_role where role = 'ADMINISTRATOR' order by account_id for update"
    )
    .fetch_all(conn)
    .await?;
    Ok(others.into_iter().filter(|other| *other != id.0).count())
}

use serde_json::Value;
use sqlx::PgConnection;
use time::OffsetDateTime;

use crate::domain::KeyTimes;

/// A key that signs, or will, or did.
pub(crate) struct Key {
    pub(crate) times: KeyTimes,
    pub(crate) public_jwk: Value,
}

/// The private half of a key.
pub(crate) struct Signer {
    pub(crate) kid: String,
    pub(crate) private_der: Vec<u8>,
}

/// Every key, in the order in which they sign.
pub(crate) async fn all(conn: &mut PgConnection) -> sqlx::Result<Vec<Key>> {
    let rows = sqlx::query!("select public_jwk, signs_until, trusted_until from auth.signing_key order by signs_until");
    let key =
        |signs_until, trusted_until, public_jwk| Key { times: KeyTimes { signs_until, trusted_until }, public_jwk };
    let rows = rows.fetch_all(conn).await?;
    Ok(rows.into_iter().map(|row| key(row.signs_until, row.trusted_until, row.public_jwk)).collect())
}

/// The key that signs now: of those that may, the one that stops first.
pub(crate) async fn signer(conn: &mut PgConnection, now: OffsetDateTime) -> sqlx::Result<Option<Signer>> {
    sqlx::query_as!(
        Signer,
        "select kid, private_der from auth.signing_key where signs_until > $1 order by signs_until limit 1",
        now
    )
    .fetch_optional(conn)
    .await
}

/// Lets nobody else change the keys until the transaction ends.
pub(crate) async fn lock(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended('auth.signing_key', 0))").execute(conn).await?;
    Ok(())
}

/// Publishes the key.
pub(crate) async fn insert(
    conn: &mut PgConnection,
    signer: &Signer,
    public_jwk: &Value,
    now: OffsetDateTime,
    times: KeyTimes,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into auth.signing_key (kid, private_der, public_jwk, created_at, signs_until, trusted_until)
         values ($1, $2, $3, $4, $5, $6)",
        signer.kid,
        signer.private_der,
        public_jwk,
        now,
        times.signs_until,
        times.trusted_until
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Deletes the keys whose tokens are over.
pub(crate) async fn forget(conn: &mut PgConnection, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!("delete from auth.signing_key where trusted_until <= $1", now).execute(conn).await?;
    Ok(())
}

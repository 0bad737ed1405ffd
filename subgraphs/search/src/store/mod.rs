//! All SQL. Functions work on the connection they are given.

pub(crate) mod order;
pub(crate) mod order_read;
pub(crate) mod product;
pub(crate) mod product_read;
pub(crate) mod stock;

use sqlx::PgConnection;

fn corrupt(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> sqlx::Error {
    sqlx::Error::Decode(error.into())
}

/// Waits until every other writer has committed. Whoever reads the documents may then rely on it that no number below one
/// that can be seen appears later: numbers are drawn under this lock, which is held until the commit.
pub(crate) async fn take_turn(conn: &mut PgConnection) -> sqlx::Result<()> {
    let lock = sqlx::query!(r#"select pg_advisory_xact_lock(hashtext('search.change_seq')) as "locked!: ()""#);
    lock.execute(conn).await.map(|_| ())
}

/// Tells the indexer, at the commit, that there is something to do.
async fn announce(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!(r#"select pg_notify('search_changed', '') as "told!: ()""#).execute(conn).await.map(|_| ())
}

/// Whether nobody else makes the index of this name now; nobody will until the transaction ends.
pub(crate) async fn claim_rebuild(conn: &mut PgConnection, name: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select pg_try_advisory_xact_lock(hashtext($1)) as "claimed!""#, name).fetch_one(conn).await
}

/// A pattern for what begins with the text, in which no character has a meaning of its own.
fn prefix(text: &str) -> String {
    format!("{}%", text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))
}

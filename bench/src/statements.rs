//! What the platform asks of PostgreSQL, by the database's own counters.

use std::ops::Sub;

use anyhow::{Context, Result};
use sqlx::{Connection, PgConnection, Row};

/// What was counted until some moment.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Statements {
    /// Statements of any kind, but for those that begin and end transactions.
    pub statements: i64,
    /// Statements `COMMIT`. A statement by itself needs none.
    pub commits: i64,
    /// Transactions that changed something, with and without `COMMIT`.
    pub writes: i64,
}

impl Sub for Statements {
    type Output = Self;
    fn sub(self, earlier: Self) -> Self {
        Self {
            statements: self.statements - earlier.statements,
            commits: self.commits - earlier.commits,
            writes: self.writes - earlier.writes,
        }
    }
}

/// Asks the database to count statements, and to note when transactions were committed, from its next start on.
///
/// # Errors
/// When it refuses: the user must be a superuser.
pub async fn enable(url: &str) -> Result<()> {
    let mut conn = PgConnection::connect(url).await.context("cannot connect to the database")?;
    // Each by itself: this cannot be in a transaction.
    for sql in [
        "alter system set shared_preload_libraries = 'pg_stat_statements'",
        "alter system set track_commit_timestamp = on",
    ] {
        sqlx::query(sql).execute(&mut conn).await.context("cannot have statements counted")?;
    }
    sqlx::query("create extension if not exists pg_stat_statements").execute(&mut conn).await?;
    conn.close().await?;
    Ok(())
}

/// What was counted until now in this connection's database. A transaction that changes something uses up one number, so the
/// next number tells how many there were.
///
/// # Errors
/// When the database does not count.
pub async fn counted(conn: &mut PgConnection) -> Result<Statements> {
    let row = sqlx::query(
        "select coalesce(sum(calls) filter (where query !~* '^(begin|commit|rollback|savepoint|release|start)'), 0)::bigint as statements,
                coalesce(sum(calls) filter (where query ~* '^commit'), 0)::bigint as commits,
                pg_snapshot_xmax(pg_current_snapshot())::text::bigint as writes
         from pg_stat_statements
         where toplevel and query !~ 'pg_stat_statements' and dbid = (select oid from pg_database where datname = current_database())",
    )
    .fetch_one(conn)
    .await
    .context("the database does not count statements")?;
    Ok(Statements {
        statements: row.try_get("statements")?,
        commits: row.try_get("commits")?,
        writes: row.try_get("writes")?,
    })
}

//! What the platform asks of PostgreSQL, by the database's own counters.

use std::collections::HashMap;
use std::ops::Sub;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
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

/// A statement of an operation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Asked {
    /// Its text, with `$1` for values.
    pub sql: String,
    /// How often an operation asks it.
    pub calls: f64,
    /// Milliseconds that the database spends on it for an operation.
    pub ms: f64,
}

/// Statements by their texts: how often each was asked, and the milliseconds that took.
pub type Texts = HashMap<String, (i64, f64)>;

/// Every statement that was counted until now in this connection's database.
///
/// # Errors
/// When the database does not count.
pub async fn texts(conn: &mut PgConnection) -> Result<Texts> {
    let rows: Vec<(String, i64, f64)> = sqlx::query_as(
        "select query, sum(calls)::bigint, sum(total_exec_time) from pg_stat_statements
         where toplevel and query !~ 'pg_stat_statements' and dbid = (select oid from pg_database where datname = current_database())
         group by query",
    )
    .fetch_all(conn)
    .await
    .context("the database does not count statements")?;
    Ok(rows.into_iter().map(|(sql, calls, ms)| (sql, (calls, ms))).collect())
}

/// What was asked between two moments, for each of so many operations, most often first. What most operations had no need of is left
/// out.
pub fn between(before: &Texts, after: Texts, operations: u64) -> Vec<Asked> {
    let each = |total: f64| total / operations.max(1) as f64;
    let asked = after.into_iter().map(|(sql, (calls, ms))| {
        let (calls_before, ms_before) = before.get(&sql).copied().unwrap_or_default();
        Asked { sql, calls: each((calls - calls_before) as f64), ms: each(ms - ms_before) }
    });
    let mut asked: Vec<Asked> = asked.filter(|asked| asked.calls >= 0.02).collect();
    asked.sort_by(|a, b| b.calls.total_cmp(&a.calls).then_with(|| a.sql.cmp(&b.sql)));
    asked
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_is_told_for_each_operation_and_most_often_first() {
        let before = Texts::from([("select 1".to_owned(), (10, 1.0)), ("select 2".to_owned(), (5, 0.5))]);
        let after = Texts::from([
            ("select 1".to_owned(), (30, 5.0)),
            ("select 2".to_owned(), (5, 0.5)),
            ("select 3".to_owned(), (100, 1.0)),
        ]);
        let asked = between(&before, after, 10);
        let told: Vec<(&str, f64, f64)> =
            asked.iter().map(|asked| (asked.sql.as_str(), asked.calls, asked.ms)).collect();
        assert_eq!(told, [("select 3", 10.0, 0.1), ("select 1", 2.0, 0.4)]);
    }
}

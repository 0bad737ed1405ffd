//! Replicas that start at once migrate once. Needs `DATABASE_URL`, as a user who may create databases.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::Duration;

use chassis::Schema;
use sqlx::migrate::{Migration, MigrationType};
use sqlx::{AssertSqlSafe, PgPool, SqlSafeStr};

/// A migration that can be applied only once, and waits for whoever holds the gate.
fn schema() -> Schema {
    let sql = "create table shop.counted (number bigint); lock table gate in access share mode; insert into shop.counted values (1);";
    let sql = AssertSqlSafe(sql.to_owned()).into_sql_str();
    Schema::empty("shop").with(vec![Migration::new(1, "counted".into(), MigrationType::Simple, sql, false)])
}

/// Returns when so many connections to this database wait for a lock of the kind.
async fn until_waiting(pool: &PgPool, kind: &str, connections: i64) {
    let waiting = "select count(*) from pg_stat_activity
        where wait_event_type = 'Lock' and wait_event = $1 and datname = current_database()";
    let enough = async {
        while sqlx::query_scalar::<_, i64>(waiting).bind(kind).fetch_one(pool).await.unwrap() < connections {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), enough).await.unwrap();
}

#[sqlx::test(migrations = false)]
async fn of_replicas_that_start_at_once_one_migrates_and_the_others_find_it_done(pool: PgPool) {
    sqlx::raw_sql("create table gate ()").execute(&pool).await.unwrap();
    let mut gate = pool.begin().await.unwrap();
    sqlx::raw_sql("lock table gate").execute(&mut *gate).await.unwrap();
    let replica = async || schema().migrate(&mut pool.acquire().await.unwrap()).await;
    let open = async {
        // One is in the middle of the migration, and the other two have come.
        until_waiting(&pool, "relation", 1).await;
        until_waiting(&pool, "advisory", 2).await;
        gate.rollback().await.unwrap();
    };
    let (one, two, three, ()) = tokio::join!(replica(), replica(), replica(), open);
    for done in [one, two, three] {
        done.unwrap();
    }
    let counted: i64 = sqlx::query_scalar("select count(*) from shop.counted").fetch_one(&pool).await.unwrap();
    assert_eq!(counted, 1);
}

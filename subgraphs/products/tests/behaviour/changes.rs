//! Answers that are kept hear of every change.

use sqlx::postgres::PgListener;
use sqlx::{AssertSqlSafe, PgPool};

use crate::shop::Shop;

#[sqlx::test(migrations = false)]
async fn every_table_that_answers_tell_of_notifies_of_its_changes(pool: PgPool) {
    let shop = Shop::open(pool).await;
    let mut listener = PgListener::connect_with(&shop.pool).await.unwrap();
    listener.listen("products_changed").await.unwrap();
    let sql = "select table_name::text from information_schema.tables where table_schema = 'products' and table_name <> all($1)";
    let apart = ["schema_migration", "outbox", "inbox", "idempotency_key"];
    let tables: Vec<String> = sqlx::query_scalar(sql).bind(apart.as_slice()).fetch_all(&shop.pool).await.unwrap();
    assert!(tables.len() >= 8, "{tables:?}");
    for table in tables {
        sqlx::raw_sql(AssertSqlSafe(format!("delete from products.{table}"))).execute(&shop.pool).await.unwrap();
        assert_eq!(listener.recv().await.unwrap().channel(), "products_changed", "{table}");
    }
}

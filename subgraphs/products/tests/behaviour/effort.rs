//! How much of a large catalogue a page of it reads.

use kernel::Actor;
use serde_json::json;
use sqlx::PgPool;
use sqlx::postgres::PgPoolOptions;

use crate::shop::Shop;

/// Three thousand new products of one category, and five older ones of another.
const CATALOGUE: &str = "
    insert into products.category (id, slug, path) values
        ('00000000-0000-0000-0000-000000000001', 'large', array['Large']), ('00000000-0000-0000-0000-000000000002', 'small', array['Small']);
    insert into products.product
        (id, slug, title, description_html, vendor, category_id, tags, option_names, status, version, published_at, created_at, updated_at)
    select gen_random_uuid(), 'p-' || n, 'P ' || n, '', 'Acme',
        ('00000000-0000-0000-0000-00000000000' || case when n <= 5 then 2 else 1 end)::uuid, '{}', '{}', 'ACTIVE', 1, at, at, at
    from generate_series(1, 3005) n cross join lateral (select timestamptz '2026-01-01' + n * interval '1 minute' as at) placed;
    analyze products.product; analyze products.category;";

/// Rows that the one connection of the pool has read of the service's tables until now.
async fn rows_read(pool: &PgPool) -> i64 {
    sqlx::query("select pg_stat_force_next_flush()").execute(pool).await.unwrap();
    let read = "select sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::bigint from pg_stat_user_tables where schemaname = 'products'";
    sqlx::query_scalar(read).fetch_one(pool).await.unwrap()
}

#[sqlx::test(migrations = false)]
async fn a_page_of_a_category_reads_about_as_many_rows_as_it_shows_however_small_the_category(pool: PgPool) {
    let alone = PgPoolOptions::new().max_connections(1).connect_with((*pool.connect_options()).clone());
    let shop = Shop::open(alone.await.unwrap()).await;
    sqlx::raw_sql(CATALOGUE).execute(&shop.pool).await.unwrap();
    for (category, shown) in [("small", 5), ("large", 24)] {
        let before = rows_read(&shop.pool).await;
        let query =
            "query($slug: String!) { products(first: 24, filter: { category: $slug }) { edges { node { slug } } } }";
        let page = shop.ask(Actor::Anonymous, query, json!({ "slug": category })).await;
        assert_eq!(page["data"]["products"]["edges"].as_array().map(Vec::len), Some(shown), "{page}");
        let read = rows_read(&shop.pool).await - before;
        assert!((1..100).contains(&read), "{category}: {read} rows were read to show {shown}");
    }
}

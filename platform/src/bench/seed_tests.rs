use chassis::Schema;
use sqlx::{PgPool, query_scalar};

use super::*;

pub(crate) const SMALL: Size = Size { products: 120, orders: 90, seed: 7 };

/// A database with the tables of all services, filled.
pub(crate) async fn filled(pool: &PgPool, size: &Size) -> PgConnection {
    let schemas: [Schema; 8] = [
        auth::schema(),
        users::schema(),
        products::schema(),
        inventory::schema(),
        orders::schema(),
        payments::schema(),
        notifications::schema(),
        search::schema(),
    ];
    for schema in schemas {
        testkit::migrate(pool, &schema).await;
    }
    let mut lanes = lanes(pool).await;
    fill(&mut lanes, size, 25, |_, _| ()).await.expect("the services' constraints allow it");
    lanes.swap_remove(0)
}

/// Connections of their own: the tables of a connection end with it.
async fn lanes(pool: &PgPool) -> Vec<PgConnection> {
    let mut lanes = Vec::new();
    while lanes.len() < LANES {
        lanes.push(pool.acquire().await.expect("a connection").detach());
    }
    lanes
}

/// Everything that a seed decides, as one text: a row of each kind that has the others' keys in it.
async fn digest(conn: &mut PgConnection) -> String {
    query_scalar(
        "select concat_ws(' ',
            (select md5(string_agg(p::text, '' order by id)) from products.product p),
            (select md5(string_agg(snapshot::text || listed_at, '' order by product_id)) from search.product_document),
            (select md5(string_agg(o::text, '' order by id)) from orders.customer_order o),
            (select md5(string_agg(l::text, '' order by order_id, position)) from orders.order_line l),
            (select md5(string_agg(e::text, '' order by transaction_id, position)) from payments.ledger_entry e),
            (select md5(string_agg(m::text, '' order by id)) from inventory.movement m),
            (select md5(string_agg(a::text, '' order by id)) from auth.account a))",
    )
    .fetch_one(conn)
    .await
    .expect("it is read")
}

#[sqlx::test(migrations = false)]
async fn seeded_data_satisfy_every_constraint_and_fit_together(pool: PgPool) {
    let mut conn = filled(&pool, &SMALL).await;
    check(&mut conn).await.expect("nothing is broken");
    // Seeding looks up no references: each is made anew, which does it for all rows.
    let references = "do $$ declare r record; begin
        for r in select conrelid::regclass as t, quote_ident(conname) as name, pg_get_constraintdef(oid) as def from pg_constraint where contype = 'f'
        loop execute format('alter table %1$s drop constraint %2$s, add constraint %2$s %3$s', r.t, r.name, r.def); end loop; end $$";
    raw_sql(references).execute(&mut conn).await.expect("every reference leads somewhere");
    for (table, expected) in [("products.product", 120), ("orders.customer_order", 90), ("users.user_profile", 10)] {
        let count: i64 = query_scalar(AssertSqlSafe(format!("select count(*) from {table}")))
            .fetch_one(&mut conn)
            .await
            .expect("counted");
        assert_eq!(count, expected, "{table}");
    }
    let kinds: Vec<String> = query_scalar("select distinct status from orders.customer_order order by 1")
        .fetch_all(&mut conn)
        .await
        .expect("read");
    assert_eq!(kinds, ["CONFIRMED", "REJECTED"]);
    let next: i64 = query_scalar("select nextval('orders.order_number')").fetch_one(&mut conn).await.expect("drawn");
    let last: String =
        query_scalar("select max(number) from orders.customer_order").fetch_one(&mut conn).await.expect("read");
    assert_eq!(last, format!("TC-{}", next - 1));
    assert!(fill(&mut lanes(&pool).await, &SMALL, 25, |_, _| ()).await.is_err(), "not twice into one database");
}

#[sqlx::test(migrations = false)]
async fn what_does_not_fit_together_is_found(pool: PgPool) {
    let mut conn = filled(&pool, &SMALL).await;
    raw_sql("update inventory.level set available = available + 1 where variant_id = (select variant_id from inventory.level limit 1)")
        .execute(&mut conn)
        .await
        .expect("changed");
    let error = check(&mut conn).await.expect_err("it is broken").to_string();
    assert!(error.contains("1 times: the level is the sum of the warehouses"), "{error}");
}

#[sqlx::test(migrations = false)]
async fn the_same_seed_makes_the_same_data(pool: PgPool) {
    let mut conn = filled(&pool, &SMALL).await;
    let first = digest(&mut conn).await;
    // Once more into the same database, as far as the seed decides it.
    raw_sql("alter table payments.ledger_transaction disable trigger all; alter table payments.ledger_entry disable trigger all")
        .execute(&mut conn)
        .await
        .expect("set");
    let empty = "truncate products.category, orders.cart, orders.variant, orders.product_version, orders.level, inventory.level,
        inventory.reservation, payments.payment, payments.demand, payments.sandbox_charge, search.product_document, search.stock_level,
        search.order_document, notifications.order_seen, notifications.contact, users.user_profile, auth.account cascade;
        alter sequence orders.order_number restart";
    raw_sql(empty).execute(&mut conn).await.expect("emptied");
    fill(&mut lanes(&pool).await, &SMALL, 25, |_, _| ()).await.expect("filled again");
    assert_eq!(digest(&mut conn).await, first);
}

//! The books of the whole shop, read by somebody who belongs to no service: as the owner of the database.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::{AssertSqlSafe, Connection, PgConnection};

/// An order at its end: paid and taken out of the stock, or not to be delivered with everything undone.
const OVER: &str = "(o.status = 'CONFIRMED' and o.payment in ('PAID', 'REFUNDED') and o.stock = 'COMMITTED'
    or o.status = 'REJECTED'
    or o.status = 'CANCELLED' and o.payment in ('NONE', 'FAILED', 'VOIDED', 'REFUNDED')
        and o.stock in ('RELEASED', 'REFUSED', 'RETURNING'))";

/// How the shop was before the drill.
pub(super) struct Before {
    /// The database's time then.
    since: String,
    on_hand: BTreeMap<String, i64>,
}

/// What the books say.
#[derive(Debug, Default, Clone)]
pub(super) struct Books {
    /// Accepted orders that are not at their end, or not there.
    pub(super) not_over: BTreeSet<String>,
    /// Orders charged more than they cost.
    pub(super) overcharged: u64,
    /// Confirmed orders charged less than they cost.
    pub(super) undercharged: u64,
    /// Units sold and not taken out of the stock.
    pub(super) oversold: u64,
    /// Units taken out of the stock and not sold.
    pub(super) missing: u64,
    /// What waits, by what it is.
    pub(super) waiting: BTreeMap<&'static str, i64>,
}

/// Reads how the shop is before the drill.
pub(super) async fn before(url: &str) -> sqlx::Result<Before> {
    let mut conn = PgConnection::connect(url).await?;
    let since = sqlx::query_scalar("select now()::text").fetch_one(&mut conn).await?;
    let on_hand = on_hand(&mut conn).await?;
    conn.close().await?;
    Ok(Before { since, on_hand })
}

async fn on_hand(conn: &mut PgConnection) -> sqlx::Result<BTreeMap<String, i64>> {
    let sql = "select variant_id::text, sum(on_hand)::bigint from inventory.stock group by 1";
    Ok(sqlx::query_as::<_, (String, i64)>(sql).fetch_all(conn).await?.into_iter().collect())
}

impl Before {
    /// Reads the books for what has happened since. The accepted orders are those that shoppers were told of.
    pub(super) async fn books(&self, url: &str, accepted: &[String]) -> sqlx::Result<Books> {
        let mut conn = PgConnection::connect(url).await?;
        let not_over = format!(
            "select told.id from unnest($1::text[]) told (id)
             where not exists (select from orders.customer_order o where o.id = told.id::uuid and {OVER})"
        );
        let not_over = sqlx::query_scalar(AssertSqlSafe(not_over)).bind(accepted).fetch_all(&mut conn).await?;
        let (overcharged, undercharged) = self.charges(&mut conn).await?;
        let (oversold, missing) = self.stock(&mut conn).await?;
        let waiting = self.waiting(&mut conn).await?;
        conn.close().await?;
        let not_over = not_over.into_iter().collect();
        Ok(Books { not_over, overcharged, undercharged, oversold, missing, waiting })
    }

    /// Orders charged more, and less, than they cost, by the provider's own books.
    async fn charges(&self, conn: &mut PgConnection) -> sqlx::Result<(u64, u64)> {
        let sql = "select count(*) filter (where charged > owed), count(*) filter (where charged < owed) from (
                select case o.status when 'CONFIRMED' then o.total - o.refunded else 0 end as owed,
                    (select coalesce(sum(c.captured - c.refunded), 0) from payments.payment p
                     join payments.sandbox_charge c on c.payment_id = p.id where p.order_id = o.id) as charged
                from orders.customer_order o
                where o.placed_at >= $1::timestamptz and o.payment_provider = 'sandbox') as orders";
        let (over, under): (i64, i64) = sqlx::query_as(sql).bind(&self.since).fetch_one(conn).await?;
        Ok((over.unsigned_abs(), under.unsigned_abs()))
    }

    /// Units sold beyond what left the stock, and units that left the stock beyond what was sold, variant by variant.
    async fn stock(&self, conn: &mut PgConnection) -> sqlx::Result<(u64, u64)> {
        let sql = "select l.variant_id::text, sum(l.quantity)::bigint from orders.order_line l
            join orders.customer_order o on o.id = l.order_id
            where o.status = 'CONFIRMED' and o.placed_at >= $1::timestamptz group by 1";
        let sold: BTreeMap<String, i64> = sqlx::query_as::<_, (String, i64)>(sql)
            .bind(&self.since)
            .fetch_all(&mut *conn)
            .await?
            .into_iter()
            .collect();
        Ok(compare(&self.on_hand, &on_hand(conn).await?, &sold))
    }

    async fn waiting(&self, conn: &mut PgConnection) -> sqlx::Result<BTreeMap<&'static str, i64>> {
        let since_then = |table: &str, what: &str| format!("select count(*) from {table} where {what}");
        let orders = since_then("orders.customer_order o", &format!("o.placed_at >= $1::timestamptz and not {OVER}"));
        let untold = since_then(
            "orders.customer_order o",
            "o.placed_at >= $1::timestamptz and o.status = 'CONFIRMED' and not exists (select from notifications.message m
                where m.order_id = o.id and m.channel = 'EMAIL' and m.status <> 'QUEUED')",
        );
        let held = since_then("inventory.reservation", "created_at >= $1::timestamptz and status = 'RESERVED'");
        let refunds = since_then("payments.refund", "created_at >= $1::timestamptz and status = 'PENDING'");
        let messages = since_then("bus.message", "dead_at is null and $1::text is not null");
        let dead = since_then("bus.message", "dead_at >= $1::timestamptz");
        let mut waiting = BTreeMap::new();
        for (name, sql) in [
            ("orders", orders),
            ("buyers not told", untold),
            ("stock set aside", held),
            ("refunds", refunds),
            ("messages", messages),
            ("dead letters", dead),
        ] {
            let count = sqlx::query_scalar(AssertSqlSafe(sql)).bind(&self.since).fetch_one(&mut *conn).await?;
            waiting.insert(name, count);
        }
        let schemas: Vec<String> =
            sqlx::query_scalar("select table_schema::text from information_schema.tables where table_name = 'outbox'")
                .fetch_all(&mut *conn)
                .await?;
        let mut events = 0;
        for schema in schemas {
            let sql = format!("select count(*) from {schema}.outbox");
            events += sqlx::query_scalar::<_, i64>(AssertSqlSafe(sql)).fetch_one(&mut *conn).await?;
        }
        waiting.insert("events in outboxes", events);
        Ok(waiting)
    }
}

/// Sums over all variants: units sold that the stock still has, and units that the stock lacks though nobody bought them.
fn compare(before: &BTreeMap<String, i64>, after: &BTreeMap<String, i64>, sold: &BTreeMap<String, i64>) -> (u64, u64) {
    let (mut oversold, mut missing) = (0, 0);
    let variants: BTreeSet<&String> = before.keys().chain(after.keys()).chain(sold.keys()).collect();
    for variant in variants {
        let of = |counts: &BTreeMap<String, i64>| counts.get(variant).copied().unwrap_or_default();
        let beyond = of(sold) - (of(before) - of(after));
        if beyond > 0 { oversold += beyond.unsigned_abs() } else { missing += beyond.unsigned_abs() }
    }
    (oversold, missing)
}

#[cfg(test)]
mod tests {
    use chassis::Schema;
    use messaging::embedded;
    use sqlx::{ConnectOptions, PgPool};

    use super::*;
    use crate::bench::seed::tests::{SMALL, filled};

    #[sqlx::test(migrations = false)]
    async fn an_order_that_is_not_there_or_not_at_its_end_is_found(pool: PgPool) {
        let mut conn = filled(&pool, &SMALL).await;
        testkit::migrate(&pool, &Schema::empty(embedded::SCHEMA).with(embedded::migrations())).await;
        let mut ids: Vec<String> = sqlx::query_scalar(
            "select id::text from orders.customer_order where status = 'CONFIRMED' order by id limit 2",
        )
        .fetch_all(&mut conn)
        .await
        .unwrap();
        let under_way = "update orders.customer_order set stock = 'COMMITTING' where id = $1::uuid";
        sqlx::query(under_way).bind(&ids[1]).execute(&mut conn).await.unwrap();
        ids.push("00000000-0000-4000-8000-000000000000".to_owned());
        let url = pool.connect_options().to_url_lossy().to_string();
        let books = before(&url).await.unwrap().books(&url, &ids).await.unwrap();
        assert_eq!(books.not_over.into_iter().collect::<BTreeSet<_>>(), ids.drain(1..).collect());
    }

    #[test]
    fn every_unit_sold_must_have_left_the_stock_and_no_other() {
        let counts = |list: &[(&str, i64)]| list.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect();
        let (before, sold) = (counts(&[("a", 10), ("b", 3)]), counts(&[("a", 4), ("b", 3)]));
        assert_eq!(compare(&before, &counts(&[("a", 6), ("b", 0)]), &sold), (0, 0));
        assert_eq!(compare(&before, &counts(&[("a", 7), ("b", 0)]), &sold), (1, 0), "sold and still there");
        assert_eq!(compare(&before, &counts(&[("a", 4), ("b", 1)]), &sold), (1, 2), "one does not make up for another");
    }
}

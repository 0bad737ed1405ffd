//! Believable catalogues and order histories of any size, the same for the same seed. The SQL in `seed/` makes the rows inside the
//! database, a run of numbers at a time, in the schemas of all services at once. Each of some connections takes the next run.

use std::cell::Cell;
use std::fmt::{Display, Write as _};

use chassis::StartError;
use futures::future::try_join_all;
use indicatif::{ProgressBar, ProgressStyle};
use sqlx::{AssertSqlSafe, PgConnection, Row, raw_sql};

const SETTINGS: &str = include_str!("../../seed/0_settings.sql");
/// What is made before the first run of numbers: functions and tables of this connection only.
const WORDS: &str = include_str!("../../seed/1_words.sql");
const PRODUCTS: &str = include_str!("../../seed/2_products.sql");
const SHOPPERS: &str = include_str!("../../seed/3_shoppers.sql");
const ORDERS: &str = include_str!("../../seed/4_orders.sql");
const SOLD: &str = include_str!("../../seed/5_sold.sql");
const STOCK: &str = include_str!("../../seed/6_stock.sql");
const RESERVATIONS: &str = include_str!("../../seed/7_reservations.sql");
const FINISH: &str = include_str!("../../seed/8_finish.sql");
const CHECK: &str = include_str!("../../seed/check.sql");

/// Connections that fill a database. More would wait for the same processors and indexes.
pub(crate) const LANES: usize = 2;
/// Numbers of one transaction.
const RUN: u64 = 10_000;
/// Orders per shopper.
const ORDERS_EACH: u64 = 20;

/// How much of what.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(crate) struct Size {
    /// How many products, each with one to six variants.
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u64).range(1..=10_000_000))]
    products: u64,
    /// How many orders, of one to three lines each; a shopper has 20 of them.
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u64).range(0..=10_000_000))]
    orders: u64,
    /// The same seed makes the same data.
    #[arg(long, default_value_t = 1)]
    seed: u32,
}

impl Size {
    /// How many shoppers share the orders: ten at least.
    fn shoppers(&self) -> u64 {
        (self.orders / ORDERS_EACH).max(10)
    }
}

fn failed(what: &str, error: &dyn Display) -> StartError {
    StartError::new(
        format!("{what}: {error}"),
        "seed a database on which the platform has run once and nothing else was done",
    )
}

/// Fills the database, on which the platform must have run once, with products and orders, and shows how far it is.
///
/// # Errors
/// When the database is not migrated, or seeded already; nothing is undone then.
pub(crate) async fn seed(lanes: &mut [PgConnection], size: &Size) -> Result<(), StartError> {
    let bar = ProgressBar::new(2 * size.products + size.shoppers() + 2 * size.orders);
    if let Ok(style) = ProgressStyle::with_template("  {bar:30} {percent:>3}%  {msg}  {elapsed}, {eta} left") {
        bar.set_style(style);
    }
    fill(lanes, size, RUN, |what, done| {
        bar.set_message(what);
        bar.inc(done);
    })
    .await?;
    bar.finish_and_clear();
    Ok(())
}

/// Fills the database, `at_once` numbers in a transaction; `progress` hears what was made and how many of them.
///
/// # Errors
/// As `seed`.
async fn fill(
    lanes: &mut [PgConnection],
    size: &Size,
    at_once: u64,
    progress: impl Fn(&'static str, u64),
) -> Result<(), StartError> {
    for lane in &mut *lanes {
        run(lane, "settings", SETTINGS, size, (0, 0)).await?;
    }
    refuse_seeded(&mut lanes[0]).await?;
    for lane in &mut *lanes {
        run(lane, "words", WORDS, size, (0, 0)).await?;
    }
    let progress = &progress;
    for (what, sql, count) in [
        ("products", PRODUCTS, size.products),
        ("shoppers", SHOPPERS, size.shoppers()),
        ("orders", ORDERS, size.orders),
    ] {
        share(lanes, what, sql, size, (count, at_once), progress).await?;
    }
    for lane in &mut *lanes {
        run(lane, "what was sold", SOLD, size, (0, 0)).await?;
    }
    for (what, sql, count) in [("stock", STOCK, size.products), ("reservations", RESERVATIONS, size.orders)] {
        share(lanes, what, sql, size, (count, at_once), progress).await?;
    }
    run(&mut lanes[0], "the end", FINISH, size, (0, 0)).await?;
    // Not in a transaction. What the planner would learn in a minute by itself, it knows at once.
    raw_sql("vacuum (analyze)").execute(&mut lanes[0]).await.map_err(|error| failed("vacuum", &error))?;
    Ok(())
}

async fn refuse_seeded(conn: &mut PgConnection) -> Result<(), StartError> {
    let seeded: bool = sqlx::query_scalar("select exists (select from products.category where slug like 'bench-%')")
        .fetch_one(conn)
        .await
        .map_err(|error| failed("the database has no catalogue", &error))?;
    if seeded {
        return Err(failed("cannot seed", &"this database is seeded already"));
    }
    Ok(())
}

/// The part of the SQL for all numbers up to the count, so many at once: each lane takes the next run.
async fn share(
    lanes: &mut [PgConnection],
    what: &'static str,
    sql: &str,
    size: &Size,
    (count, at_once): (u64, u64),
    progress: &impl Fn(&'static str, u64),
) -> Result<(), StartError> {
    let next = &Cell::new(1);
    let work = lanes.iter_mut().map(|lane| async move {
        while next.get() <= count {
            let first = next.get();
            let last = (first + at_once - 1).min(count);
            next.set(last + 1);
            run(lane, what, sql, size, (first, last)).await?;
            progress(what, last - first + 1);
        }
        Ok(())
    });
    try_join_all(work).await.map(|_| ())
}

/// One part of the SQL as one transaction.
async fn run(
    conn: &mut PgConnection,
    what: &str,
    sql: &str,
    size: &Size,
    (first, last): (u64, u64),
) -> Result<(), StartError> {
    let mut sql = sql.to_owned();
    for (name, value) in [
        ("{seed}", u64::from(size.seed)),
        ("{products}", size.products),
        ("{orders}", size.orders),
        ("{shoppers}", size.shoppers()),
        ("{first}", first),
        ("{last}", last),
    ] {
        sql = sql.replace(name, &value.to_string());
    }
    // Several statements in one message are one transaction.
    let done = raw_sql(AssertSqlSafe(sql)).execute(conn).await;
    done.map(|_| ()).map_err(|error| failed(&format!("{what} {first} to {last}"), &error))
}

/// Whether what the services hold fits together: prices, stock and its movements, orders and their lines, payments and the ledger.
///
/// # Errors
/// The rules that are broken, and how often.
pub(crate) async fn check(conn: &mut PgConnection) -> Result<(), StartError> {
    let unread = |error: sqlx::Error| failed("cannot look at the data", &error);
    let mut broken = String::new();
    for row in sqlx::query(CHECK).fetch_all(conn).await.map_err(unread)? {
        let (rule, times): (String, i64) =
            (row.try_get("rule").map_err(unread)?, row.try_get("broken").map_err(unread)?);
        if times > 0 {
            // Writing into a text cannot fail.
            let _written = write!(broken, "\n  {times} times: {rule}");
        }
    }
    if broken.is_empty() {
        return Ok(());
    }
    Err(StartError::new(
        format!("the data do not fit together; broken were{broken}"),
        "while orders are under way this can be so for a moment: stop the load and look again; otherwise report it",
    ))
}

#[cfg(test)]
#[path = "seed_tests.rs"]
pub(crate) mod tests;

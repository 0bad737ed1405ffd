//! W1: whole orders of guests, from an empty cart until it is seen that they are confirmed.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use client::Stream;
use client::buying::{self, BUYER, CART, CHECKOUT, DELIVERY, LINES};
use futures::FutureExt;
use serde_json::json;
use tokio::time::timeout;

use crate::gateway::{self, FOLLOW};
use crate::load::{Board, Shopper, Until, shop};
use crate::meter::Meter;
use crate::outcome::{Latency, Measured};
use crate::platform::Platform;

/// Shoppers at once.
pub const SHOPPERS: usize = 8;
/// How long an order may take.
const DEADLINE: Duration = Duration::from_secs(30);

/// Times of whole orders, and of the last part of them.
#[derive(Debug, Clone, Default)]
struct Boards {
    whole: Board,
    checkout: Board,
}

/// Measures for so many seconds.
///
/// # Errors
/// When there is nothing to buy, or the load cannot be made.
pub async fn measure(platform: &Platform, seconds: u64) -> Result<Measured> {
    let variants = Arc::new(plentiful(platform, seconds).await?);
    // The first orders open connections and prepare statements.
    run(platform, &variants, 2, &Boards::default()).await?;
    let boards = Boards::default();
    let meter = Meter::start(platform).await?;
    let took = run(platform, &variants, seconds, &boards).await?;
    let mut measured = boards.whole.measured("W1", "guest order, confirmed", took);
    let cost = meter.stop(&mut measured.outcome).await?;
    let Latency { p50, p95, p99 } = boards.checkout.measured("W1", "checkout", took).outcome.latency;
    measured.figures = vec![
        ("W1 from checkout to confirmed, p50, ms".to_owned(), p50),
        ("W1 from checkout to confirmed, p95, ms".to_owned(), p95),
        ("W1 from checkout to confirmed, p99, ms".to_owned(), p99),
        ("W1 transactions that write, of an order".to_owned(), cost.writes),
        ("W1 statements COMMIT, of an order".to_owned(), cost.commits),
        ("W1 SQL statements, of an order".to_owned(), cost.statements),
    ];
    Ok(measured)
}

async fn run(platform: &Platform, variants: &Arc<Vec<String>>, seconds: u64, boards: &Boards) -> Result<f64> {
    let (variants, boards, next) = (variants.clone(), boards.clone(), Arc::new(AtomicUsize::new(0)));
    shop(&platform.gateway, SHOPPERS, Until::Seconds(seconds), move |mut shopper| {
        // Neighbours in the list are of different products, so shoppers rarely wait for each other's stock.
        let at = next.fetch_add(2, Ordering::Relaxed);
        let pick = |at: usize| variants[at % variants.len()].clone();
        let (first, second, boards) = (pick(at), pick(at + 1), boards.clone());
        async move {
            let bought = in_time(&mut shopper, &first, &second).await;
            if let Ok((_, since_checkout)) = &bought {
                boards.checkout.note(Ok(*since_checkout));
            }
            boards.whole.note(bought.map(|(whole, _)| whole));
        }
        .boxed()
    })
    .await
}

/// Variants of which there are 50 units, and so many that they last when 300 orders are made each second.
async fn plentiful(platform: &Platform, seconds: u64) -> Result<Vec<String>> {
    let many = i64::try_from(seconds.saturating_mul(12))?.max(2000);
    let sql = "select l.variant_id::text from inventory.level l join orders.variant v using (variant_id)
        where l.available >= 50 and v.for_sale and v.prices ? 'EUR' order by md5(l.variant_id::text) limit $1";
    let variants: Vec<String> = sqlx::query_scalar(sql).bind(many).fetch_all(&mut platform.database().await?).await?;
    ensure!(variants.len() >= 2 * SHOPPERS, "too few variants have 50 units left");
    Ok(variants)
}

async fn in_time(shopper: &mut Shopper<'_>, first: &str, second: &str) -> Result<(Duration, Duration)> {
    timeout(DEADLINE, buy(shopper, first, second)).await.context("an order takes more than half a minute")?
}

/// How long it took from nothing to CONFIRMED, and how long of that from sending the checkout.
async fn buy(shopper: &mut Shopper<'_>, first: &str, second: &str) -> Result<(Duration, Duration)> {
    let started = Instant::now();
    let cart = shopper.change(CART, json!({})).await?;
    let cart = cart["cart"]["id"].as_str().context("no cart")?.to_owned();
    let filled = shopper.change(LINES, buying::lines(&cart, &[first, second])).await?;
    ensure!(filled["cart"]["lines"].as_array().is_some_and(|lines| lines.len() == 2), "not two lines: {filled}");
    shopper.change(BUYER, buying::buyer(cart.as_str())).await?;
    shopper.change(DELIVERY, buying::delivery(cart.as_str())).await?;
    let checkout = Instant::now();
    let placed = shopper.change(CHECKOUT, buying::checkout(cart.as_str(), cart.as_str())).await?;
    let order = placed["order"]["id"].as_str().context("no order")?.to_owned();
    let mut stream = shopper.follow(FOLLOW, json!({ "id": order })).await?;
    ensure!(end(&mut stream, &order, 2).await?, "it was not confirmed");
    Ok((started.elapsed(), checkout.elapsed()))
}

/// Waits for the end of an order with so many lines: whether it is confirmed.
///
/// # Errors
/// When the stream breaks, or tells of another order.
pub async fn end(stream: &mut Stream, order: &str, lines: usize) -> Result<bool> {
    loop {
        let change = gateway::next(stream).await?;
        let told = &change["orderStatusChanged"];
        ensure!(told["id"] == order, "{order} was followed, and this came: {told}");
        ensure!(told["lines"].as_array().is_some_and(|all| all.len() == lines), "not {lines} lines: {told}");
        match told["status"].as_str() {
            Some("CONFIRMED") => return Ok(true),
            Some("REJECTED" | "CANCELLED") => return Ok(false),
            Some("PENDING" | "RESERVED") => {}
            other => bail!("no status of an order: {other:?}"),
        }
    }
}

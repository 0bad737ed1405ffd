//! W2: 300 shoppers at once after the 100 units of one variant. What was sold, what shoppers were told and what was charged must be the same.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use client::Client;
use client::buying::{self, BUYER, CART, CHECKOUT, DELIVERY, LINES};
use futures::{FutureExt, StreamExt, TryStreamExt, stream};
use kernel::{Clock, SystemClock};
use serde_json::json;
use sqlx::PgConnection;
use tokio::sync::Barrier;
use tokio::time::{sleep, timeout};

use crate::gateway::{self, FOLLOW};
use crate::load::{Board, Shopper, Until, shop};
use crate::meter::Meter;
use crate::orders::end;
use crate::outcome::Measured;
use crate::platform::Platform;
use crate::reads::{PASSWORD, PRODUCT_MANAGER};

const SHOPPERS: usize = 300;
const UNITS: i64 = 100;
/// How long until every shopper knows, and until everything is at rest after that.
const DEADLINE: Duration = Duration::from_secs(120);

/// Before something is sent again.
const AGAIN: Duration = Duration::from_millis(200);

const CREATE: &str = "mutation($input: ProductCreateInput!) { productCreate(input: $input) { product { id variants { id } } errors { message } } }";

/// Orders for the variant that are not at their end.
const OPEN: &str = "select count(*) from orders.customer_order o join orders.order_line l on l.order_id = o.id
    where l.variant_id = $1::uuid and (o.status in ('PENDING', 'RESERVED') or o.status = 'CONFIRMED' and o.stock <> 'COMMITTED')";
/// Units that have left the stock.
const SOLD: &str = "select coalesce(sum(l.quantity), 0)::bigint from inventory.reservation r
    join inventory.reservation_line l using (order_id) where r.status = 'COMMITTED' and l.variant_id = $1::uuid";
/// Orders for which the provider holds money.
const CHARGED: &str = "select count(*) from payments.sandbox_charge c join payments.payment p on p.id = c.payment_id
    join orders.order_line l on l.order_id = p.order_id where l.variant_id = $1::uuid and c.captured > c.refunded";
/// Units that are left.
const LEFT: &str = "select available from inventory.level where variant_id = $1::uuid";

/// What shoppers were told.
#[derive(Debug, Default)]
struct Told {
    confirmed: AtomicU64,
    refused: AtomicU64,
    /// Requests that were sent again.
    again: AtomicU64,
}

/// Measures it so many times, each with a product of its own. Answers the run that took longest, and what went wrong in any.
///
/// # Errors
/// When there is nothing to buy, or the load cannot be made.
pub async fn measure(platform: &Platform, runs: u32) -> Result<Measured> {
    let (mut slowest, mut problems) = (Measured::default(), Vec::new());
    let mut seconds = Vec::new();
    // Once: how often somebody may sign in is limited.
    let staff = gateway::guest(&platform.gateway)?.signed_in(PRODUCT_MANAGER, PASSWORD).await?;
    for _ in 0..runs {
        let mut measured = once(platform, &staff).await?;
        seconds.push(measured.outcome.seconds);
        problems.append(&mut measured.problems);
        if measured.outcome.seconds >= slowest.outcome.seconds {
            slowest = measured;
        }
    }
    seconds.sort_by(f64::total_cmp);
    for (what, at) in [("fastest", 0), ("median", seconds.len() / 2), ("slowest", seconds.len().saturating_sub(1))] {
        slowest.figures.extend(seconds.get(at).map(|took| (format!("W2 {what} of {runs}, s"), *took)));
    }
    slowest.problems = problems;
    Ok(slowest)
}

/// Measures from the moment in which all of them buy until the last one knows.
async fn once(platform: &Platform, staff: &Client) -> Result<Measured> {
    let mut conn = platform.database().await?;
    let guest = gateway::guest(&platform.gateway)?;
    let variant = scarce(staff, &mut conn).await?;
    let carts: Vec<String> =
        stream::iter(0..SHOPPERS).map(|_| cart(&guest, &variant)).buffer_unordered(8).try_collect().await?;
    let (board, told) = (Board::default(), Arc::new(Told::default()));
    let meter = Meter::start(platform).await?;
    let took = rush(&platform.gateway, carts, &board, &told).await?;
    at_rest(&mut conn, &variant).await?;
    let mut measured = board.measured("W2", "300 after 100 units", took);
    meter.stop(&mut measured.outcome).await?;

    let mut count =
        async |sql: &'static str| sqlx::query_scalar::<_, i64>(sql).bind(&variant).fetch_one(&mut conn).await;
    let (sold, charged, left) = (count(SOLD).await?, count(CHARGED).await?, count(LEFT).await?);
    let confirmed = i64::try_from(told.confirmed.load(Ordering::Relaxed))?;
    let refused = i64::try_from(told.refused.load(Ordering::Relaxed))?;
    for (what, number) in [("sold", sold), ("told that they have one", confirmed), ("charged", charged)] {
        measured.figures.push((format!("W2 {what}, of {UNITS}"), number as f64));
    }
    let again = told.again.load(Ordering::Relaxed);
    measured.figures.push(("W2 requests sent again, of 600".to_owned(), again as f64));
    measured.problems.extend(verdict(sold, confirmed, charged, left, refused));
    Ok(measured)
}

/// What is wrong with the counts, if anything.
fn verdict(sold: i64, confirmed: i64, charged: i64, left: i64, refused: i64) -> Option<String> {
    let all = i64::try_from(SHOPPERS).unwrap_or(i64::MAX);
    let right = [sold, confirmed, charged] == [UNITS; 3] && left == 0 && refused == all - UNITS;
    (!right).then(|| {
        format!("W2: of {UNITS} units {sold} were sold and {left} are left; {confirmed} shoppers were told yes, {refused} no, {charged} were charged")
    })
}

/// A new product with one variant; answers its id when it can be bought.
async fn scarce(staff: &Client, conn: &mut PgConnection) -> Result<String> {
    let key = SystemClock.secret().simple().to_string();
    let input = json!({
        "title": format!("Last Hundred {}", &key[..8]), "categoryPath": ["Bench Living", "Lamps"], "status": "ACTIVE", "idempotencyKey": key,
        "media": [{ "url": "/media/last-hundred.svg", "alt": "A lamp" }],
        "variants": [{ "prices": [{ "amount": "20.00", "currencyCode": "EUR" }], "initialQuantity": UNITS }],
    });
    let made = staff.change(CREATE, input).await?;
    let variant = made["product"]["variants"][0]["id"].as_str().context("no variant")?.to_owned();
    let known = "select count(*) from orders.variant v join orders.level l using (variant_id)
        where v.variant_id = $1::uuid and v.for_sale and l.available = $2";
    let give_up = Instant::now() + DEADLINE;
    loop {
        let ready: i64 = sqlx::query_scalar(known).bind(&variant).bind(UNITS).fetch_one(&mut *conn).await?;
        if ready == 1 {
            return Ok(variant);
        }
        ensure!(Instant::now() < give_up, "a new product cannot be bought within {DEADLINE:?}");
        sleep(Duration::from_millis(50)).await;
    }
}

/// A cart with one unit, ready to be bought.
async fn cart(guest: &Client, variant: &str) -> Result<String> {
    let cart = guest.change(CART, json!({})).await?;
    let cart = cart["cart"]["id"].as_str().context("no cart")?.to_owned();
    guest.change(LINES, buying::lines(&cart, &[variant])).await?;
    guest.change(BUYER, buying::buyer(cart.as_str())).await?;
    guest.change(DELIVERY, buying::delivery(cart.as_str())).await?;
    Ok(cart)
}

/// All shoppers buy at the same moment; answers seconds until the last one knows.
async fn rush(gateway: &str, carts: Vec<String>, board: &Board, told: &Arc<Told>) -> Result<f64> {
    let (carts, together) = (Arc::new(Mutex::new(carts)), Arc::new(Barrier::new(SHOPPERS)));
    let (board, told) = (board.clone(), told.clone());
    let (begun, ended) = (Arc::new(Mutex::new(None)), Arc::new(Mutex::new(None)));
    let (from, to) = (begun.clone(), ended.clone());
    let running = shop(gateway, SHOPPERS, Until::Once, move |mut shopper| {
        let cart = carts.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let (together, board, told, from, to) =
            (together.clone(), board.clone(), told.clone(), from.clone(), to.clone());
        async move {
            together.wait().await;
            let started = Instant::now();
            from.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(started);
            let bought =
                timeout(DEADLINE, buy(&mut shopper, cart, &told)).await.context("a shopper never knew").flatten();
            board.note(bought.map(|()| started.elapsed()));
            *to.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        }
        .boxed()
    });
    timeout(DEADLINE * 2, running).await.context("300 shoppers do not come to an end")??;
    let moment = |of: &Mutex<Option<Instant>>| *of.lock().unwrap_or_else(PoisonError::into_inner);
    let (begun, ended) = (moment(&begun).context("nobody bought")?, moment(&ended).context("nobody knew")?);
    Ok((ended - begun).as_secs_f64())
}

/// Buys and waits until it is known what came of it. What the platform has no room for, and what went into a connection that was just
/// closed, is sent again with the same key, as a client does.
async fn buy(shopper: &mut Shopper<'_>, cart: Option<String>, told: &Told) -> Result<()> {
    let cart = cart.context("no cart is left")?;
    let confirmed = loop {
        match attempt(shopper, &cart).await {
            Err(error) if gateway::is_retryable(&error) || is_broken_connection(&error) => {
                told.again.fetch_add(1, Ordering::Relaxed);
                sleep(AGAIN).await;
            }
            done => break done?,
        }
    };
    let count = if confirmed { &told.confirmed } else { &told.refused };
    count.fetch_add(1, Ordering::Relaxed);
    Ok(())
}

/// A connection that rests is closed by the gateway after a while, maybe just when something is sent into it.
fn is_broken_connection(error: &anyhow::Error) -> bool {
    error.downcast_ref::<reqwest::Error>().is_some_and(reqwest::Error::is_request)
}

/// Whether the unit is theirs.
async fn attempt(shopper: &mut Shopper<'_>, cart: &str) -> Result<bool> {
    let placed = shopper.payload(CHECKOUT, buying::checkout(cart, cart)).await?;
    if let Some(order) = placed["order"]["id"].as_str() {
        let mut stream = shopper.follow(FOLLOW, json!({ "id": order })).await?;
        return end(&mut stream, order, 1).await;
    }
    let reason = placed["errors"][0]["message"].as_str().unwrap_or_default();
    ensure!(!reason.is_empty(), "refused without a reason: {placed}");
    Ok(false)
}

/// Waits until no order for the variant is under way.
async fn at_rest(conn: &mut PgConnection, variant: &str) -> Result<()> {
    let give_up = Instant::now() + DEADLINE;
    loop {
        let open: i64 = sqlx::query_scalar(OPEN).bind(variant).fetch_one(&mut *conn).await?;
        if open == 0 {
            return Ok(());
        }
        ensure!(Instant::now() < give_up, "{open} orders do not come to their end");
        sleep(Duration::from_millis(100)).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sold_told_and_charged_must_be_the_same() {
        assert_eq!(verdict(100, 100, 100, 0, 200), None);
        for wrong in [
            (99, 100, 100, 0, 200),
            (100, 101, 100, 0, 200),
            (100, 100, 99, 0, 200),
            (100, 100, 100, 1, 200),
            (100, 100, 100, 0, 199),
        ] {
            let (sold, confirmed, charged, left, refused) = wrong;
            assert!(verdict(sold, confirmed, charged, left, refused).is_some(), "{wrong:?}");
        }
    }
}

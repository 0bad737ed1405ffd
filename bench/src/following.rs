//! S1: a thousand clients follow orders; how long from the commit of a change until a client has it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use client::{Client, Stream};
use futures::{StreamExt, TryStreamExt, stream};
use kernel::{Clock, SystemClock};
use serde_json::{Value, json};
use sqlx::PgConnection;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout_at};

use crate::gateway::{self, FOLLOW};
use crate::meter::Meter;
use crate::outcome::{Measured, Outcome, Times};
use crate::platform::Platform;

const CLIENTS: usize = 1_000;
/// Orders that are cancelled at the same time.
const AT_ONCE: usize = 2;
/// How long until everybody has heard of the last change.
const HEARD: Duration = Duration::from_secs(60);

/// Before something is tried again.
const AGAIN: Duration = Duration::from_millis(200);

const CANCEL: &str =
    "mutation($input: OrderCancelInput!) { orderCancel(input: $input) { order { id status } errors { message } } }";
/// Guests' orders that can be cancelled.
const ORDERS: &str = "select id::text from orders.customer_order
    where user_id is null and status = 'CONFIRMED' and stock = 'COMMITTED' and payment = 'PAID' order by placed_at limit $1";
/// When the change that made each version of some orders was committed, in microseconds of the epoch.
const COMMITTED: &str =
    "select order_id::text, version::bigint, (extract(epoch from pg_xact_commit_timestamp(xmin)) * 1000000)::bigint
    from orders.timeline_entry where order_id = any($1::uuid[])";
/// Orders whose money is not given back yet.
const OPEN: &str = "select count(*) from orders.customer_order where id = any($1::uuid[]) and payment <> 'REFUNDED'";

/// A state of an order that a client has.
#[derive(Debug)]
struct Heard {
    client: usize,
    order: String,
    version: i64,
    /// When, in microseconds of the epoch.
    at: i64,
}

/// Measures for so many seconds in which orders are cancelled.
///
/// # Errors
/// When subscriptions cannot be opened or orders not be cancelled. Who was not told is a problem of the run.
pub async fn measure(platform: &Platform, seconds: u64) -> Result<Measured> {
    let mut conn = platform.database().await?;
    let orders: Vec<String> = sqlx::query_scalar(ORDERS).bind(i64::try_from(CLIENTS)?).fetch_all(&mut conn).await?;
    ensure!(!orders.is_empty(), "no guest has an order");
    let orders = Arc::new(orders);
    let guest = gateway::guest(&platform.gateway)?;
    let opening = Instant::now();
    let (sender, mut heard) = unbounded_channel();
    let mut following = follow(&guest, &orders, sender).await?;
    let opened = opening.elapsed().as_secs_f64();
    let memory = platform.roots.memory();

    let meter = Meter::start(platform).await?;
    let begun = Instant::now();
    let cancelled = cancel(&guest, &orders, begun + Duration::from_secs(seconds)).await?;
    let took = begun.elapsed().as_secs_f64();
    refunded(&mut conn, &cancelled).await?;
    let committed = committed(&mut conn, &cancelled).await?;
    let last = last(&committed);
    let wanted: BTreeSet<usize> =
        (0..CLIENTS).filter(|client| last.contains_key(&orders[client % orders.len()])).collect();
    let (all, waiting) = collect(&mut heard, wanted, &last, HEARD).await;
    following.shutdown().await;

    let mut times = Times::default();
    for Heard { order, version, at, .. } in &all {
        let commit =
            committed.get(&(order.clone(), *version)).with_context(|| format!("{order} has no version {version}"))?;
        times.note(Duration::from_micros(u64::try_from(at - commit).unwrap_or_default()));
    }
    let mut outcome = Outcome {
        id: "S1".to_owned(),
        what: "commit to 1,000 clients".to_owned(),
        operations: times.count(),
        seconds: took,
        latency: times.latency(),
        errors: waiting.len() as u64,
        ..Outcome::default()
    };
    meter.stop(&mut outcome).await?;
    let problem =
        format!("S1: {} of {CLIENTS} clients were not told of the last change within {HEARD:?}", waiting.len());
    Ok(Measured {
        outcome,
        figures: vec![
            ("S1 opening 1,000 subscriptions, s".to_owned(), opened),
            ("S1 orders cancelled".to_owned(), cancelled.len() as f64),
            ("S1 memory with 1,000 open, platform, MB".to_owned(), memory.platform),
            ("S1 memory with 1,000 open, gateway, MB".to_owned(), memory.gateway),
        ],
        problems: (!waiting.is_empty()).then_some(problem).into_iter().collect(),
    })
}

/// Opens all subscriptions; each has said how its order is before this ends.
async fn follow(guest: &Client, orders: &[String], sender: UnboundedSender<Heard>) -> Result<JoinSet<()>> {
    let open = |client: usize| async move {
        let order = orders[client % orders.len()].clone();
        let stream = opened(guest, &order).await?;
        Ok::<_, anyhow::Error>((client, order, stream))
    };
    let opened: Vec<(usize, String, Stream)> =
        stream::iter(0..CLIENTS).map(open).buffer_unordered(32).try_collect().await?;
    let mut following = JoinSet::new();
    for (client, order, mut stream) in opened {
        let sender = sender.clone();
        following.spawn(async move {
            // An end that nobody wanted shows as somebody who was not told.
            while let Ok(change) = gateway::next(&mut stream).await {
                let at = i64::try_from(SystemClock.now().unix_timestamp_nanos() / 1_000).unwrap_or_default();
                let Ok(version) = told(&change, &order) else { return };
                if sender.send(Heard { client, order: order.clone(), version, at }).is_err() {
                    return;
                }
            }
        });
    }
    Ok(following)
}

/// A subscription that has said how the order is. A thousand at once may be more than the platform has room for: it says so, and that it helps
/// to try again.
async fn opened(guest: &Client, order: &str) -> Result<Stream> {
    let give_up = Instant::now() + HEARD;
    loop {
        let mut stream = guest.follow(FOLLOW, json!({ "id": order })).await?;
        match gateway::next(&mut stream).await.and_then(|state| told(&state, order)) {
            Ok(_) => return Ok(stream),
            Err(error) if gateway::is_retryable(&error) && Instant::now() < give_up => sleep(AGAIN).await,
            Err(error) => return Err(error.context("a subscription cannot be opened")),
        }
    }
}

/// The version that a client was told of.
fn told(change: &Value, order: &str) -> Result<i64> {
    let told = &change["orderStatusChanged"];
    ensure!(told["id"] == order, "{order} was followed, and this came: {told}");
    told["version"].as_i64().context("no version")
}

/// Cancels orders until the time is over; answers which.
async fn cancel(guest: &Client, orders: &[String], until: Instant) -> Result<Vec<String>> {
    let one = |order: &String| {
        let order = order.clone();
        async move {
            let done = guest.change(CANCEL, json!({ "orderId": order })).await?;
            ensure!(done["order"]["status"] == "CANCELLED", "not cancelled: {done}");
            Ok(order)
        }
    };
    let in_time = orders.iter().take_while(|_| Instant::now() < until);
    stream::iter(in_time).map(one).buffer_unordered(AT_ONCE).try_collect().await
}

/// Waits until the money of all is given back, which is the last change of each.
async fn refunded(conn: &mut PgConnection, orders: &[String]) -> Result<()> {
    let give_up = Instant::now() + HEARD;
    loop {
        let open: i64 = sqlx::query_scalar(OPEN).bind(orders).fetch_one(&mut *conn).await?;
        if open == 0 {
            return Ok(());
        }
        ensure!(Instant::now() < give_up, "the money of {open} cancelled orders is not given back");
        sleep(Duration::from_millis(100)).await;
    }
}

async fn committed(conn: &mut PgConnection, orders: &[String]) -> Result<BTreeMap<(String, i64), i64>> {
    let rows: Vec<(String, i64, Option<i64>)> = sqlx::query_as(COMMITTED).bind(orders).fetch_all(conn).await?;
    // What was written before the database noted times has none.
    Ok(rows.into_iter().filter_map(|(order, version, at)| Some(((order, version), at?))).collect())
}

/// The last version of each order.
fn last(committed: &BTreeMap<(String, i64), i64>) -> BTreeMap<String, i64> {
    // In the map the versions of an order come in their order.
    committed.keys().cloned().collect()
}

/// What was heard until all who are waited for have heard the last of their order, and who has not in the end.
async fn collect(
    heard: &mut UnboundedReceiver<Heard>,
    mut waiting: BTreeSet<usize>,
    last: &BTreeMap<String, i64>,
    within: Duration,
) -> (Vec<Heard>, BTreeSet<usize>) {
    let (mut all, give_up) = (Vec::new(), Instant::now() + within);
    while !waiting.is_empty() {
        let Ok(Some(one)) = timeout_at(give_up.into(), heard.recv()).await else { break };
        if last.get(&one.order) == Some(&one.version) {
            waiting.remove(&one.client);
        }
        all.push(one);
    }
    (all, waiting)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_does_not_hear_of_the_last_change_is_found() {
        let committed =
            BTreeMap::from([(("a".to_owned(), 6), 10), (("a".to_owned(), 7), 20), (("b".to_owned(), 6), 30)]);
        let last = last(&committed);
        assert_eq!(last, BTreeMap::from([("a".to_owned(), 7), ("b".to_owned(), 6)]));
        let (sender, mut heard) = unbounded_channel();
        for (client, order, version) in [(0, "a", 6), (1, "b", 6), (0, "a", 7), (2, "a", 6)] {
            sender.send(Heard { client, order: order.to_owned(), version, at: 50 }).expect("received");
        }
        let (all, waiting) = collect(&mut heard, BTreeSet::from([0, 1, 2]), &last, Duration::from_millis(50)).await;
        assert_eq!((all.len(), waiting), (4, BTreeSet::from([2])));
    }

    #[test]
    fn what_a_client_is_told_is_of_its_order() {
        assert_eq!(told(&json!({ "orderStatusChanged": { "id": "a", "version": 3 } }), "a").expect("a version"), 3);
        assert!(told(&json!({ "orderStatusChanged": { "id": "b", "version": 3 } }), "a").is_err());
        assert!(told(&json!({}), "a").is_err());
    }
}

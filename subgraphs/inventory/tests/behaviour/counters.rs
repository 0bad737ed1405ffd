use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use inventory::app::App;
use kernel::{Actor, Clock, SystemClock};
use resilience::Redis;
use resilience::counters::{Count, Counters, InProcess, InRedis};
use serde_json::json;
use sqlx::PgPool;
use testkit::Statements;

use crate::depot::{Depot, MAIN, release, reserve, variant};

const LONG: Duration = Duration::from_secs(600);
const SHORT: Duration = Duration::from_millis(500);

/// What is shown of the variant.
async fn shown(depot: &Depot, of: u128) -> i64 {
    let query = "query($keys: [_Any!]!) { _entities(representations: $keys) { ... on ProductVariant { availability { quantity } } } }";
    let keys = json!({ "keys": [{ "__typename": "ProductVariant", "id": variant(of) }] });
    let answer = depot.ask(Actor::Anonymous, query, keys).await;
    answer["data"]["_entities"][0]["availability"]["quantity"].as_i64().unwrap_or_else(|| panic!("{answer}"))
}

async fn eventually_shown(depot: &Depot, of: u128, units: i64) {
    let wait = async {
        while shown(depot, of).await != units {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), wait).await.unwrap_or_else(|_| panic!("{units} are never shown"));
}

/// The counter of the service, as somebody who forges it knows it.
async fn forge(counters: &dyn Counters, of: u128, version: i64, amount: i64) {
    counters.keep(&[(format!("stock:{}", variant(of)), Count { version, amount, low: 5 })]).await;
}

/// A Redis that the test shares with others, under a prefix of its own. What it leaves there ends with its lifetime.
fn in_redis(lifetime: Duration) -> [Arc<dyn Counters>; 2] {
    let url = std::env::var("REDIS_URL").expect("REDIS_URL must name a Redis: run `scripts/servers up`");
    let prefix = format!("test-{}", SystemClock.secret());
    let connect = || Redis::connect(&url.clone().into(), prefix.clone()).unwrap();
    [(), ()].map(|()| Arc::new(InRedis::new(connect(), lifetime).with_deadline(LONG)) as Arc<dyn Counters>)
}

/// Runs the promise over counters of this process and of all processes.
macro_rules! over_both {
    ($($promise:ident for $lifetime:expr),* $(,)?) => {
        mod in_process {
            $(#[sqlx::test(migrations = false)] async fn $promise(pool: sqlx::PgPool) {
                super::$promise(pool, std::sync::Arc::new(super::InProcess::new($lifetime))).await;
            })*
        }
        mod in_redis {
            $(#[sqlx::test(migrations = false)] async fn $promise(pool: sqlx::PgPool) {
                let [counters, _] = super::in_redis($lifetime);
                super::$promise(pool, counters).await;
            })*
        }
    };
}

over_both! {
    what_was_read_once_is_read_from_the_counters for super::LONG,
    a_change_is_shown_when_it_is_committed for super::LONG,
    a_change_that_nobody_heard_of_is_shown_after_the_lifetime for super::SHORT,
    nothing_is_decided_by_a_counter for super::LONG,
    who_adjusts_sees_it_at_once for super::LONG,
}

async fn what_was_read_once_is_read_from_the_counters(pool: PgPool, counters: Arc<dyn Counters>) {
    let mut depot = Depot::open_with(pool, counters).await;
    depot.stock(&[10, 4]).await;
    let counted = Statements::watch();
    counted.take();
    assert_eq!((shown(&depot, 1).await, counted.take()), (10, 1));
    assert_eq!((shown(&depot, 1).await, counted.take()), (10, 0), "the database is not asked again");
    let both = depot.app.shown_levels(&[variant(1), variant(2)]).await.unwrap();
    assert_eq!((both[&variant(1)].available, both[&variant(2)].available, counted.take()), (10, 4, 1));
    assert_eq!(
        both[&variant(2)],
        depot.app.levels(&[variant(2)]).await.unwrap()[&variant(2)],
        "whole, with its threshold"
    );
    assert!(depot.app.shown_levels(&[variant(9)]).await.unwrap().is_empty());
    depot.wire.deliver(&crate::depot::created(9, Some(7))).await;
    assert_eq!(shown(&depot, 9).await, 7, "that there was nothing is not kept");
}

async fn a_change_is_shown_when_it_is_committed(pool: PgPool, counters: Arc<dyn Counters>) {
    let mut depot = Depot::open_with(pool.clone(), counters.clone()).await;
    depot.stock(&[10]).await;
    let (app, heard) = (depot.app.clone(), chassis::Notifications::over(pool.clone()));
    let mut listens = app.level_changes();
    let tells = Arc::new(AtomicUsize::new(0));
    let count = tells.clone();
    let following = tokio::spawn(async move {
        let told = || _ = count.fetch_add(1, Ordering::SeqCst);
        app.follow_levels(&heard, told).await
    });
    assert_eq!(listens.recv().await, Ok(None), "it listens");
    assert_eq!(shown(&depot, 1).await, 10);
    depot.wire.deliver(&reserve(1, &[(1, 6)])).await;
    eventually_shown(&depot, 1, 4).await;
    depot.wire.deliver(&release(1)).await;
    eventually_shown(&depot, 1, 10).await;
    assert!(tells.load(Ordering::SeqCst) >= 2, "of having begun, and of changes");
    // What an older process puts back late does not show what was before.
    forge(&*counters, 1, 1, 99).await;
    assert_eq!(shown(&depot, 1).await, 10);
    following.abort();
}

/// As after a crash between the commit and the counter.
async fn a_change_that_nobody_heard_of_is_shown_after_the_lifetime(pool: PgPool, counters: Arc<dyn Counters>) {
    let mut depot = Depot::open_with(pool, counters).await;
    depot.stock(&[10]).await;
    assert_eq!(shown(&depot, 1).await, 10);
    depot.wire.deliver(&reserve(1, &[(1, 6)])).await;
    // It is asked for all the time, which does not prolong what is old.
    eventually_shown(&depot, 1, 4).await;
}

async fn nothing_is_decided_by_a_counter(pool: PgPool, counters: Arc<dyn Counters>) {
    let mut depot = Depot::open_with(pool, counters.clone()).await;
    depot.stock(&[2, 2]).await;
    forge(&*counters, 1, 1_000, 50).await;
    forge(&*counters, 2, 1_000, 0).await;
    assert_eq!((shown(&depot, 1).await, shown(&depot, 2).await), (50, 0), "they are shown");
    depot.wire.deliver(&reserve(1, &[(1, 3)])).await;
    assert_eq!(depot.status(1).await.as_deref(), Some("REJECTED"), "there are two");
    depot.wire.deliver(&reserve(2, &[(2, 2)])).await;
    assert_eq!(depot.status(2).await.as_deref(), Some("RESERVED"), "there are two");
    depot.assert_sound().await;
}

async fn who_adjusts_sees_it_at_once(pool: PgPool, counters: Arc<dyn Counters>) {
    let mut depot = Depot::open_with(pool, counters).await;
    depot.stock(&[10]).await;
    assert_eq!(shown(&depot, 1).await, 10);
    depot.adjust(1, MAIN, 5).await;
    assert_eq!(shown(&depot, 1).await, 15);
}

#[sqlx::test(migrations = false)]
async fn processes_share_what_one_of_them_heard(pool: PgPool) {
    let [one, other] = in_redis(LONG);
    let mut depot = Depot::open_with(pool.clone(), one).await;
    depot.stock(&[10]).await;
    let elsewhere = App::new(pool, depot.clock.clone(), other);
    let read = async || elsewhere.shown_levels(&[variant(1)]).await.unwrap()[&variant(1)].available;
    assert_eq!(shown(&depot, 1).await, 10);
    let counted = Statements::watch();
    counted.take();
    assert_eq!((read().await, counted.take()), (10, 0), "read by the first process");
    depot.adjust(1, MAIN, 5).await;
    counted.take();
    assert_eq!((read().await, counted.take()), (15, 0));
}

/// Counters that can be lost, or be away.
#[derive(Debug)]
struct Away(AtomicUsize);

#[async_trait]
impl Counters for Away {
    async fn read(&self, _: &[String]) -> Option<Vec<Option<Count>>> {
        None
    }

    async fn keep(&self, _: &[(String, Count)]) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

#[sqlx::test(migrations = false)]
async fn without_counters_the_database_answers(pool: PgPool) {
    let away = Arc::new(Away(AtomicUsize::default()));
    let mut depot = Depot::open_with(pool, away.clone()).await;
    depot.stock(&[10]).await;
    assert_eq!(shown(&depot, 1).await, 10);
    depot.wire.deliver(&reserve(1, &[(1, 6)])).await;
    assert_eq!(shown(&depot, 1).await, 4);
    assert_eq!(away.0.load(Ordering::Relaxed), 0, "what is away is not told anything");
}

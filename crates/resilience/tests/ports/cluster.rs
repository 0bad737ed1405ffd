//! A cluster moves parts of itself, and loses one.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use resilience::Redis;
use resilience::cache::{Cache, InRedis};
use resilience::lock::{self, Locks};
use resilience::throttle::{self, Quota, Throttle, Verdict};
use time::OffsetDateTime;

use crate::masters::Masters;
use crate::outage::does_without;
use crate::server::{Server, eventually};

const LONG: Duration = Duration::from_secs(60);
/// Far above the deadline of a command, for slow machines, and far below what a dead connection would take.
const SOON: Duration = Duration::from_secs(1);
/// Far above what a node needs that is there.
const HASTY: Duration = Duration::from_millis(200);
/// Enough for every master to have some, and so that never five in a row are of one: the breaker would refuse the rest.
const ENTRIES: usize = 12;
const TWICE: Quota = Quota::new(2, time::Duration::HOUR);

/// A cache that waits for a slow machine, with all entries.
async fn filled(redis: &Redis) -> InRedis {
    let cache = InRedis::new(redis.clone()).with_deadline(LONG);
    for entry in 0..ENTRIES {
        cache.put(&entry.to_string(), b"kept".to_vec(), LONG * 10).await;
    }
    assert_eq!(found(&cache, &all()).await, all());
    cache
}

fn all() -> Vec<usize> {
    (0..ENTRIES).collect()
}

/// Which of the entries are found. Each answer comes soon, whatever it is.
async fn found(cache: &InRedis, entries: &[usize]) -> Vec<usize> {
    let mut found = Vec::new();
    for entry in entries {
        let asked = Instant::now();
        if cache.get(&entry.to_string()).await.is_some() {
            found.push(*entry);
        }
        assert!(asked.elapsed() < SOON, "entry {entry} took {:?}", asked.elapsed());
    }
    found
}

/// How many of the entries one of 1, 2 and 3 has.
async fn entries_of(masters: &Masters, number: usize) -> usize {
    masters.ask::<Vec<String>>(number, &["KEYS", "*:cache:*"]).await.len()
}

#[tokio::test]
async fn nothing_is_lost_while_slots_move() {
    let masters = Masters::start(1);
    let redis = Server::at(masters.url()).redis();
    let cache = filled(&redis).await;
    let locks = lock::InRedis::new(redis.clone()).with_deadline(LONG);
    let throttle = throttle::InRedis::new(redis).with_deadline(LONG);
    let has_moved = AtomicBool::new(false);
    let before = entries_of(&masters, 3).await;
    let moving = async {
        masters.move_slots(1, 3, 400).await;
        has_moved.store(true, Ordering::Relaxed);
    };
    let working = async {
        let (mut rounds, mut last) = (0, vec![0; ENTRIES]);
        while !has_moved.load(Ordering::Relaxed) || rounds < 2 {
            assert_eq!(found(&cache, &all()).await, all());
            for (entry, last) in last.iter_mut().enumerate() {
                let lease = locks.acquire(&entry.to_string(), LONG).await.expect("nobody else wants it");
                assert!(lease.token() > *last, "tokens rise, wherever they are made");
                *last = lease.token();
                locks.release(lease).await;
                let verdict = throttle.hit(&entry.to_string(), TWICE, OffsetDateTime::UNIX_EPOCH).await;
                assert_eq!(verdict == Verdict::Allowed, rounds < 2, "entry {entry} in round {rounds}");
            }
            rounds += 1;
        }
    };
    tokio::join!(moving, working);
    assert!(entries_of(&masters, 3).await > before, "some of it was moved");
}

#[tokio::test]
async fn without_one_master_the_rest_goes_on_until_the_cluster_gives_up() {
    let masters = Masters::start(2);
    let redis = Server::at(masters.url()).redis();
    let cache = filled(&redis).await.with_deadline(HASTY);
    let rest = ENTRIES - entries_of(&masters, 2).await;
    assert!((1..ENTRIES).contains(&rest), "the entries are spread: {rest}");
    let (asked, dies) = (all(), async { assert!(masters.signal(2, "KILL")) });
    tokio::join!(found(&cache, &asked), dies);
    eventually("what the others have is found", async || found(&cache, &all()).await.len() == rest).await;

    for node in [1, 3] {
        masters.ask::<()>(node, &["CONFIG", "SET", "cluster-node-timeout", "500"]).await;
    }
    eventually("the others agree that one is gone", async || {
        let [one, other] = [1, 3].map(|node| masters.ask::<String>(node, &["CLUSTER", "INFO"]));
        one.await.contains("cluster_state:fail") && other.await.contains("cluster_state:fail")
    })
    .await;
    does_without(&redis).await;
    masters.restart();
    eventually("all is there again", async || found(&cache, &all()).await == all()).await;
}

#[tokio::test]
async fn who_starts_while_a_master_is_silent_finds_the_others() {
    let masters = Masters::start(3);
    let server = Server::at(masters.url());
    let before = filled(&server.redis()).await.with_deadline(HASTY);
    assert!(masters.signal(2, "STOP"));
    let rest = found(&before, &all()).await;
    assert!((1..ENTRIES).contains(&rest.len()), "the entries are spread: {rest:?}");
    let cache = InRedis::new(server.redis()).with_deadline(HASTY);
    eventually("what the others have is found", async || found(&cache, &rest).await == rest).await;
    assert!(masters.signal(2, "CONT"));
    eventually("all is there again", async || found(&cache, &all()).await == all()).await;
}

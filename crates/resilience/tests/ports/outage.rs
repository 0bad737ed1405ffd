//! Redis is away, and comes back.

use std::sync::Arc;
use std::time::Duration;

use resilience::Redis;
use resilience::cache::{Cache, InRedis};
use resilience::counters::{self, Count, Counters};
use resilience::lock::{self, Locks, NoLease, Turn};
use resilience::throttle::{self, Quota, Throttle, Verdict};
use time::OffsetDateTime;

use crate::proxy::Proxy;
use crate::server::{Server, eventually};

const LONG: Duration = Duration::from_secs(60);
const QUOTA: Quota = Quota::new(3, time::Duration::HOUR);
const NOW: OffsetDateTime = OffsetDateTime::UNIX_EPOCH;

/// Redis over a way that can be cut, and is whole.
async fn over_a_proxy(server: &Server) -> (Proxy, Redis) {
    let proxy = Proxy::new(server.address()).await;
    let redis = server.redis_at(&server.url_at(proxy.address()));
    (proxy, redis)
}

async fn is_allowed(throttle: &dyn Throttle, key: &str) -> bool {
    throttle.hit(key, QUOTA, NOW).await == Verdict::Allowed
}

/// Nobody keeps, this process alone limits, nobody locks.
pub(crate) async fn does_without(redis: &Redis) {
    let cache = InRedis::new(redis.clone());
    cache.put("a", b"one".to_vec(), LONG).await;
    assert_eq!(cache.get("a").await, None);
    let throttle = throttle::InRedis::new(redis.clone());
    for allowed in [true, true, true, false, false] {
        assert_eq!(is_allowed(&throttle, "a").await, allowed);
    }
    assert_eq!(lock::InRedis::new(redis.clone()).acquire("a", LONG).await, Err(NoLease::Away));
    let turn = Turn::new(Arc::new(lock::InRedis::new(redis.clone())), "work", LONG);
    assert_eq!(turn.run(async { "done" }).await, Some("done"), "rather twice than not at all");
    let counters = counters::InRedis::new(redis.clone(), LONG);
    counters.keep(&[("a".to_owned(), Count { version: 1, amount: 1, low: 0 })]).await;
    assert_eq!(counters.read(&["a".to_owned()]).await, None, "away, which is not the same as not kept");
    assert!(redis.ping().await.is_err());
}

/// Whether the breaker refuses calls.
async fn is_refused(redis: &Redis) -> bool {
    redis.ping().await.is_err_and(|error| error.to_string().contains("not called"))
}

#[tokio::test]
async fn a_process_starts_without_redis_and_finds_it_later() {
    let server = Server::new();
    let (proxy, redis) = over_a_proxy(&server).await;
    proxy.cut();
    does_without(&redis).await;
    proxy.restore();
    eventually("Redis is found", async || redis.ping().await.is_ok()).await;
    let cache = InRedis::new(redis).with_deadline(LONG);
    cache.put("a", b"one".to_vec(), LONG).await;
    assert_eq!(cache.get("a").await.as_deref(), Some(&b"one"[..]));
    server.clear().await;
}

#[tokio::test]
async fn nobody_listens() {
    let server = Server::new();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    does_without(&server.redis_at(&format!("redis://{address}"))).await;
    does_without(&server.redis_at(&format!("redis://{address},"))).await;
}

#[tokio::test]
async fn what_a_process_counted_in_redis_it_knows_when_redis_goes_away() {
    let server = Server::new();
    let (proxy, redis) = over_a_proxy(&server).await;
    let throttle = throttle::InRedis::new(redis.clone()).with_deadline(LONG);
    assert!(is_allowed(&throttle, "a").await && is_allowed(&throttle, "a").await);
    proxy.cut();
    assert!(is_allowed(&throttle, "a").await, "the third of three");
    assert!(!is_allowed(&throttle, "a").await);
    proxy.restore();
    eventually("Redis is back", async || redis.ping().await.is_ok()).await;
    let other = throttle::InRedis::new(server.redis()).with_deadline(LONG);
    for _ in 0..3 {
        assert!(is_allowed(&throttle, "b").await);
    }
    assert!(!is_allowed(&other, "b").await, "counted in Redis again");
    server.clear().await;
}

#[tokio::test]
async fn a_cut_connection_is_made_anew() {
    let server = Server::new();
    let (proxy, redis) = over_a_proxy(&server).await;
    let cache = InRedis::new(redis.clone()).with_deadline(LONG);
    cache.put("a", b"one".to_vec(), LONG).await;
    assert!(cache.get("a").await.is_some());
    proxy.cut();
    eventually("calls are refused", async || is_refused(&redis).await).await;
    assert_eq!(cache.get("a").await, None);
    proxy.restore();
    eventually("the entry is found again", async || cache.get("a").await.is_some()).await;
    server.clear().await;
}

#[tokio::test]
async fn a_silent_connection_is_given_up() {
    let server = Server::new();
    let (proxy, redis) = over_a_proxy(&server).await;
    let cache = InRedis::new(redis.clone()).with_deadline(LONG);
    cache.put("a", b"one".to_vec(), LONG).await;
    assert!(cache.get("a").await.is_some());
    proxy.silence();
    let hasty = cache.clone().with_deadline(Duration::from_millis(10));
    for _ in 0..5 {
        assert_eq!(hasty.get("a").await, None, "no answer in time");
    }
    assert!(is_refused(&redis).await, "the next does not wait for its deadline");
    proxy.restore();
    eventually("the entry is found over a new connection", async || cache.get("a").await.is_some()).await;
    server.clear().await;
}

#[tokio::test]
async fn a_connection_may_take_longer_than_a_command() {
    let server = Server::new();
    let proxy = Proxy::far(server.address(), Duration::from_millis(400)).await;
    let cache = InRedis::new(server.redis_at(&server.url_at(proxy.address())));
    for _ in 0..5 {
        assert_eq!(cache.get("a").await, None, "not connected yet");
    }
    eventually("an entry is kept and found", async || {
        cache.put("a", b"one".to_vec(), LONG).await;
        cache.get("a").await.is_some()
    })
    .await;
    server.clear().await;
}

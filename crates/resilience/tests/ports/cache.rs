use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use resilience::cache::{Cache, InProcess, InRedis, Makers};
use tokio::sync::Notify;

use crate::server::{Server, eventually, in_redis};

const LONG: Duration = Duration::from_secs(60);

/// What every cache must do, whatever it is made of.
async fn behaves(cache: &dyn Cache) {
    assert_eq!(cache.get("a").await, None, "nothing was kept yet");
    cache.put("a", b"one".to_vec(), LONG).await;
    cache.put("b", b"two".to_vec(), LONG).await;
    assert_eq!(cache.get("a").await.as_deref(), Some(&b"one"[..]));
    cache.put("a", b"three".to_vec(), LONG).await;
    assert_eq!(cache.get("a").await.as_deref(), Some(&b"three"[..]), "the later value counts");
    assert_eq!(cache.get("b").await.as_deref(), Some(&b"two"[..]), "others stay");
    cache.put("b", b"gone".to_vec(), Duration::ZERO).await;
    assert_eq!(cache.get("b").await, None, "its lifetime is over, and the value before it does not return");
    cache.put("bytes \r\n", vec![0, 255, 13, 10], Duration::MAX).await;
    assert_eq!(cache.get("bytes \r\n").await, Some(vec![0, 255, 13, 10]), "any key, any bytes, any lifetime");
    cache.put("empty", Vec::new(), LONG).await;
    assert_eq!(cache.get("empty").await, Some(Vec::new()));
    cache.put("short", b"lived".to_vec(), Duration::from_millis(20)).await;
    eventually("its lifetime is over", async || cache.get("short").await.is_none()).await;
}

/// Of those who ask at once one makes, and all get the answer: over every cache, and over one that is away.
async fn one_makes(cache: Arc<dyn Cache>) {
    let makers = Makers::new(cache);
    let (made, finish) = (AtomicUsize::new(0), Notify::new());
    let ask = async || {
        let make = async || {
            made.fetch_add(1, Ordering::Relaxed);
            finish.notified().await;
            Ok::<_, ()>(b"answer".to_vec())
        };
        makers.get_or_make("key", LONG, make).await.unwrap()
    };
    let together = async {
        let (a, b, c) = tokio::join!(ask(), ask(), ask());
        [a, b, c]
    };
    let finished = async {
        eventually("one makes", async || made.load(Ordering::Relaxed) == 1).await;
        finish.notify_one();
    };
    let (answers, ()) = tokio::join!(together, finished);
    assert_eq!(made.load(Ordering::Relaxed), 1);
    assert_eq!(answers.iter().filter(|made| !made.hit).count(), 1);
    assert!(answers.iter().all(|made| made.value == b"answer"));
}

#[tokio::test]
async fn the_cache_in_the_process_behaves() {
    behaves(&InProcess::new(1 << 20)).await;
    one_makes(Arc::new(InProcess::new(1 << 20))).await;
}

in_redis!(the_cache_in_redis_behaves, what_one_process_keeps_another_finds);

async fn the_cache_in_redis_behaves(server: Server) {
    let cache = InRedis::new(server.redis()).with_deadline(LONG);
    behaves(&cache).await;
    one_makes(Arc::new(cache)).await;
    server.clear().await;
}

async fn what_one_process_keeps_another_finds(server: Server) {
    let [one, other] = [(), ()].map(|()| InRedis::new(server.redis()).with_deadline(LONG));
    one.put("a", b"one".to_vec(), LONG).await;
    assert_eq!(other.get("a").await.as_deref(), Some(&b"one"[..]));
    let stranger = server.stranger();
    assert_eq!(InRedis::new(stranger.redis()).get("a").await, None, "another prefix has its own entries");
    server.clear().await;
}

//! A cache of answers that are dear to make.

use std::collections::HashMap;
use std::fmt;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use moka::Expiry;
use tokio::sync::OnceCell;

/// Keeps bytes for a while. It is no source of truth: a cache that fails behaves like one that never kept the entry, so
/// no caller has to think of its failures.
#[async_trait]
pub trait Cache: Send + Sync + fmt::Debug {
    /// What was kept under the key, unless its lifetime is over.
    async fn get(&self, key: &str) -> Option<Vec<u8>>;

    /// Keeps the value for at most the lifetime; replaces what was kept under the key.
    async fn put(&self, key: &str, value: Vec<u8>, lifetime: Duration);
}

#[derive(Clone)]
struct Entry {
    value: Vec<u8>,
    lifetime: Duration,
}

struct PerEntry;

impl Expiry<String, Entry> for PerEntry {
    fn expire_after_create(&self, _: &String, entry: &Entry, _: Instant) -> Option<Duration> {
        Some(entry.lifetime)
    }

    fn expire_after_update(&self, _: &String, entry: &Entry, _: Instant, _: Option<Duration>) -> Option<Duration> {
        Some(entry.lifetime)
    }
}

/// A cache in the memory of this process, bounded by the bytes of its keys and values.
#[derive(Clone)]
pub struct InProcess {
    entries: moka::future::Cache<String, Entry>,
}

impl InProcess {
    /// A cache that lets go of what is asked for least when it grows over so many bytes.
    pub fn new(max_bytes: u64) -> Self {
        let entries = moka::future::Cache::builder()
            .max_capacity(max_bytes)
            .weigher(|key: &String, entry: &Entry| {
                u32::try_from(key.len().saturating_add(entry.value.len())).unwrap_or(u32::MAX)
            })
            .expire_after(PerEntry)
            .build();
        Self { entries }
    }
}

impl fmt::Debug for InProcess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InProcess").field("entries", &self.entries.entry_count()).finish()
    }
}

#[async_trait]
impl Cache for InProcess {
    async fn get(&self, key: &str) -> Option<Vec<u8>> {
        self.entries.get(key).await.map(|entry| entry.value)
    }

    async fn put(&self, key: &str, value: Vec<u8>, lifetime: Duration) {
        self.entries.insert(key.to_owned(), Entry { value, lifetime }).await;
    }
}

/// An answer, and whether it was made for whoever asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The answer.
    pub value: Vec<u8>,
    /// Whether it had been made before, or was being made, for somebody else.
    pub hit: bool,
}

/// Makes what a cache does not have: for one key one at a time. Whoever asks meanwhile waits and gets the same answer, so
/// that an answer that many ask for is not made many times in the moment after it was forgotten.
#[derive(Debug)]
pub struct Makers {
    cache: Arc<dyn Cache>,
    // Weak: a key that nobody waits for is let go of.
    making: Mutex<HashMap<String, Weak<OnceCell<Vec<u8>>>>>,
}

impl Makers {
    /// Makers for this cache.
    pub fn new(cache: Arc<dyn Cache>) -> Self {
        Self { cache, making: Mutex::default() }
    }

    /// What is kept under the key, or else what is made and then kept. A failure is kept by nobody: the next who waits tries
    /// for itself, as it does when the one who makes gives up. Waiting goes by the key alone and not by the cache, so a cache
    /// that is away costs making, not waiting in line.
    ///
    /// # Errors
    /// The maker's.
    pub async fn get_or_make<E, F>(
        &self,
        key: &str,
        lifetime: Duration,
        make: impl FnOnce() -> F + Send,
    ) -> Result<Made, E>
    where
        F: Future<Output = Result<Vec<u8>, E>> + Send,
    {
        if let Some(value) = self.cache.get(key).await {
            return Ok(Made { value, hit: true });
        }
        let cell = self.join(key);
        let mut made = false;
        let value = cell.get_or_try_init(async || {
            // Somebody may have finished between the look above and this turn.
            if let Some(value) = self.cache.get(key).await {
                return Ok(value);
            }
            let value = make().await?;
            self.cache.put(key, value.clone(), lifetime).await;
            made = true;
            Ok(value)
        });
        let value = value.await?.clone();
        Ok(Made { value, hit: !made })
    }

    /// Where those who ask for the key meet.
    fn join(&self, key: &str) -> Arc<OnceCell<Vec<u8>>> {
        let mut making = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(cell) = making.get(key).and_then(Weak::upgrade) {
            return cell;
        }
        making.retain(|_, cell| cell.strong_count() > 0);
        let cell = Arc::new(OnceCell::new());
        making.insert(key.to_owned(), Arc::downgrade(&cell));
        cell
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::sync::Notify;

    use super::*;

    const LONG: Duration = Duration::from_secs(3600);

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
    }

    #[tokio::test]
    async fn the_cache_in_the_process_behaves() {
        behaves(&InProcess::new(1 << 20)).await;
    }

    #[tokio::test]
    async fn the_cache_stays_within_its_bytes() {
        let cache = InProcess::new(1_000);
        for key in 0..100 {
            cache.put(&key.to_string(), vec![0; 100], LONG).await;
        }
        cache.entries.run_pending_tasks().await;
        assert!(cache.entries.weighted_size() <= 1_000, "{} bytes", cache.entries.weighted_size());
    }

    /// A cache that is away.
    #[derive(Debug)]
    struct Away;

    #[async_trait]
    impl Cache for Away {
        async fn get(&self, _: &str) -> Option<Vec<u8>> {
            None
        }
        async fn put(&self, _: &str, _: Vec<u8>, _: Duration) {}
    }

    /// What must hold over every cache: of those who ask at once one makes, and all get the answer.
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
        // Polled in this order: the first makes, the others have come to wait when the last lets it finish.
        let (a, b, c, ()) = tokio::join!(ask(), ask(), ask(), async { finish.notify_one() });
        assert_eq!(made.load(Ordering::Relaxed), 1);
        assert_eq!([a.hit, b.hit, c.hit], [false, true, true]);
        assert!([a, b, c].iter().all(|made| made.value == b"answer"));
    }

    #[tokio::test]
    async fn what_many_ask_for_at_once_is_made_once() {
        one_makes(Arc::new(InProcess::new(1 << 20))).await;
        one_makes(Arc::new(Away)).await;
    }

    #[tokio::test]
    async fn what_was_made_is_kept_for_its_lifetime() {
        let cache = Arc::new(InProcess::new(1 << 20));
        let makers = Makers::new(cache);
        let make = |key: &'static str, lifetime, value: &'static [u8]| {
            makers.get_or_make(key, lifetime, async move || Ok::<_, ()>(value.to_vec()))
        };
        assert_eq!(make("a", LONG, b"one").await, Ok(Made { value: b"one".to_vec(), hit: false }));
        assert_eq!(make("a", LONG, b"two").await, Ok(Made { value: b"one".to_vec(), hit: true }));
        for value in [&b"one"[..], b"two"] {
            let made = make("over at once", Duration::ZERO, value).await;
            assert_eq!(made, Ok(Made { value: value.to_vec(), hit: false }));
        }
    }

    #[tokio::test]
    async fn who_fails_or_gives_up_leaves_the_making_to_the_next() {
        let makers = Makers::new(Arc::new(InProcess::new(1 << 20)));
        let fails = makers.get_or_make("a", LONG, async || {
            tokio::task::yield_now().await;
            Err::<Vec<u8>, _>("broken")
        });
        let works = makers.get_or_make("a", LONG, async || Ok::<_, &str>(b"sound".to_vec()));
        let (failed, worked) = tokio::join!(fails, works);
        assert_eq!(failed, Err("broken"));
        assert_eq!(worked, Ok(Made { value: b"sound".to_vec(), hit: false }));
        let waits = makers.get_or_make("b", LONG, async || {
            std::future::pending::<()>().await;
            Ok::<_, ()>(Vec::new())
        });
        assert!(tokio::time::timeout(Duration::from_millis(1), waits).await.is_err(), "it gives up");
        let next = makers.get_or_make("b", LONG, async || Ok::<_, ()>(b"made".to_vec())).await;
        assert_eq!(next, Ok(Made { value: b"made".to_vec(), hit: false }));
    }

    #[tokio::test]
    async fn keys_that_nobody_waits_for_are_let_go_of() {
        let makers = Makers::new(Arc::new(Away));
        for key in 0..100 {
            makers.get_or_make(&key.to_string(), LONG, async || Ok::<_, ()>(Vec::new())).await.unwrap();
        }
        assert!(makers.making.lock().unwrap().len() <= 1);
    }
}

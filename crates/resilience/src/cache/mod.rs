//! A cache of answers that are dear to make.

mod makers;
mod redis;

use std::fmt;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use moka::Expiry;

pub use makers::{Made, Makers};
pub use redis::InRedis;

/// Keeps bytes for a while. It is no source of truth: a cache that fails behaves like one that never kept the entry, so
/// no caller has to think of its failures.
#[async_trait]
pub trait Cache: Send + Sync + fmt::Debug {
    /// What was kept under the key, unless its lifetime is over.
    async fn get(&self, key: &str) -> Option<Vec<u8>>;

    /// Keeps the value for at most the lifetime; replaces what was kept under the key.
    async fn put(&self, key: &str, value: Vec<u8>, lifetime: Duration);
}

/// Counts what became of a question to a cache: `hit`, `miss`, or `away` when it could not be asked.
fn count(cache: &'static str, outcome: &'static str) {
    metrics::counter!("cache_requests_total", "cache" => cache, "outcome" => outcome).increment(1);
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
        let found = self.entries.get(key).await.map(|entry| entry.value);
        count("process", if found.is_some() { "hit" } else { "miss" });
        found
    }

    async fn put(&self, key: &str, value: Vec<u8>, lifetime: Duration) {
        self.entries.insert(key.to_owned(), Entry { value, lifetime }).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_cache_stays_within_its_bytes() {
        let cache = InProcess::new(1_000);
        for key in 0..100 {
            cache.put(&key.to_string(), vec![0; 100], Duration::from_secs(3600)).await;
        }
        cache.entries.run_pending_tasks().await;
        assert!(cache.entries.weighted_size() <= 1_000, "{} bytes", cache.entries.weighted_size());
    }
}

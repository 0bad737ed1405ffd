//! Makes what a cache does not have.

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use tokio::sync::OnceCell;

use super::Cache;

/// An answer, and whether it was made for whoever asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The answer.
    pub value: Vec<u8>,
    /// Whether it had been made before, or was being made, for somebody else.
    pub hit: bool,
}

/// Makes what a cache does not have: for one key one at a time. Whoever asks meanwhile waits and gets the same answer, so
/// that an answer that many ask for is not made many times in the moment after it was forgotten. Over a cache that processes share,
/// each process makes it at most once: that is few enough not to wait for one another.
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
    use super::super::InProcess;
    use super::*;
    use async_trait::async_trait;

    const LONG: Duration = Duration::from_secs(3600);

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

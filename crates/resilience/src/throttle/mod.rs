//! How often somebody may do something.

mod redis;

use std::collections::HashMap;
use std::fmt::Debug;
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use sha2::{Digest, Sha256};
use time::{Duration, OffsetDateTime};

pub use redis::InRedis;

/// How often: so many at once, and then one more after each pause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    /// How many may come at once; at least 1 counts.
    pub burst: u32,
    /// The pause that earns one more.
    pub pause: Duration,
}

impl Quota {
    /// So many at once, and one more after each pause.
    pub const fn new(burst: u32, pause: Duration) -> Self {
        Self { burst, pause }
    }

    /// How far ahead of its time a key may be.
    fn tolerated(self) -> Duration {
        self.pause * self.burst.max(1).saturating_sub(1)
    }
}

/// Whether it may happen now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It may, and was counted.
    Allowed,
    /// It may not, and was not counted.
    Refused {
        /// It may happen after this time, if nobody else is faster.
        retry_after: Duration,
    },
}

/// Counts what happens under a key, for example `sign-in:ada@example.org`.
#[async_trait]
pub trait Throttle: Send + Sync + Debug {
    /// Counts one more under the key, if the quota allows it. Never fails: a throttle that has lost its memory decides by what
    /// it still knows.
    async fn hit(&self, key: &str, quota: Quota, now: OffsetDateTime) -> Verdict;
}

/// The generic cell rate algorithm. All that has to be remembered of a key is when it will be as if nothing had happened; what
/// comes back is that time after this hit, or how long to wait.
///
/// # Errors
/// How long to wait.
pub fn gcra(free_at: Option<OffsetDateTime>, quota: Quota, now: OffsetDateTime) -> Result<OffsetDateTime, Duration> {
    let busy_until = free_at.map_or(now, |at| at.max(now));
    let tolerated = quota.tolerated();
    let ahead = busy_until - now;
    if ahead <= tolerated { Ok(busy_until + quota.pause) } else { Err(ahead - tolerated) }
}

/// How many keys are remembered unless told otherwise: some 10 MB.
const CAPACITY: usize = 100_000;

/// A throttle for one process. Its memory is bounded: when it is full it forgets first who has waited long enough, and then who
/// is closest to it.
#[derive(Debug)]
pub struct InProcess {
    // Hashes, so that a long key costs no more than a short one.
    free_at: Mutex<HashMap<[u8; 32], OffsetDateTime>>,
    capacity: usize,
}

impl Default for InProcess {
    fn default() -> Self {
        Self::with_capacity(CAPACITY)
    }
}

impl InProcess {
    /// A throttle that remembers at most so many keys.
    pub fn with_capacity(capacity: usize) -> Self {
        Self { free_at: Mutex::default(), capacity: capacity.max(1) }
    }
}

#[async_trait]
impl Throttle for InProcess {
    async fn hit(&self, key: &str, quota: Quota, now: OffsetDateTime) -> Verdict {
        let key: [u8; 32] = Sha256::digest(key).into();
        let mut known = self.free_at.lock().unwrap_or_else(PoisonError::into_inner);
        match gcra(known.get(&key).copied(), quota, now) {
            Ok(free_at) => {
                if known.len() >= self.capacity && !known.contains_key(&key) {
                    make_room(&mut known, self.capacity, now);
                }
                known.insert(key, free_at);
                Verdict::Allowed
            }
            Err(retry_after) => Verdict::Refused { retry_after },
        }
    }
}

/// Forgets at least half, so that this happens seldom enough to cost little per key.
fn make_room(known: &mut HashMap<[u8; 32], OffsetDateTime>, capacity: usize, now: OffsetDateTime) {
    known.retain(|_, free_at| *free_at > now);
    let keep = capacity / 2;
    if known.len() > keep {
        let mut entries: Vec<_> = known.drain().collect();
        entries.sort_unstable_by_key(|(_, free_at)| std::cmp::Reverse(*free_at));
        entries.truncate(keep);
        known.extend(entries);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUOTA: Quota = Quota::new(3, Duration::seconds(10));

    fn at(seconds: i64) -> OffsetDateTime {
        OffsetDateTime::UNIX_EPOCH + Duration::seconds(seconds)
    }

    #[test]
    fn no_sequence_of_hits_passes_more_than_the_quota() {
        // A fixed pseudo-random walk: the number that passed by any time is at most the burst and one for each pause.
        let (mut free_at, mut now, mut passed, mut noise) = (None, 0_i64, 0_i64, 1_u64);
        for _ in 0..10_000 {
            noise = noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            now += i64::try_from(noise >> 61).unwrap_or_default();
            match gcra(free_at, QUOTA, at(now)) {
                Ok(next) => {
                    free_at = Some(next);
                    passed += 1;
                }
                Err(wait) => assert!(wait > Duration::ZERO && gcra(free_at, QUOTA, at(now) + wait).is_ok()),
            }
            assert!(passed <= 3 + now / 10, "{passed} passed by {now}");
        }
        assert!(passed > 1_000, "the walk is long enough to mean something: {passed}");
    }

    #[tokio::test]
    async fn memory_is_bounded_and_who_is_refused_is_forgotten_last() {
        let throttle = InProcess::with_capacity(100);
        for _ in 0..3 {
            throttle.hit("guesser", QUOTA, at(0)).await;
        }
        for count in 0..1_000 {
            throttle.hit(&format!("visitor {count}"), QUOTA, at(0)).await;
        }
        assert!(throttle.free_at.lock().unwrap().len() <= 100);
        assert_ne!(throttle.hit("guesser", QUOTA, at(0)).await, Verdict::Allowed);
    }
}

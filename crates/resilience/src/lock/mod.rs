//! Locks with a lifetime, for work that should be done by one at a time.
//!
//! A lock saves work; it is never the only guard of what must be right. Its holder may be paused beyond the lifetime and go on
//! without knowing, and a server that fails over may forget who holds it. What must happen once is guarded where it happens: by a
//! constraint or a row lock of the database, or by refusing a fencing token lower than the last one seen.

mod in_process;
mod redis;
mod turn;

use std::fmt::Debug;
use std::time::Duration;

use async_trait::async_trait;

pub use in_process::InProcess;
pub use redis::InRedis;
pub use turn::Turn;

/// A lock that is held until its lifetime is over, or it is given back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    name: String,
    token: u64,
}

impl Lease {
    /// What is locked.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The fencing token: higher than that of every lease of this name before. Whoever is written to can refuse a lower one than it
    /// has seen.
    pub fn token(&self) -> u64 {
        self.token
    }
}

/// Why there is no lease.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoLease {
    /// Somebody holds the lock, or did last.
    #[error("somebody holds the lock")]
    Held,
    /// Whoever hands out locks is away, so nobody can know.
    #[error("no locks can be had")]
    Away,
}

/// Hands out locks. While it is away nobody gets or keeps one.
#[async_trait]
pub trait Locks: Send + Sync + Debug {
    /// The lock for at most the lifetime, in whole milliseconds and at least one. It does not wait.
    ///
    /// # Errors
    /// [`NoLease`].
    async fn acquire(&self, name: &str, lifetime: Duration) -> Result<Lease, NoLease>;

    /// Lets the lease live on for the lifetime from now.
    ///
    /// # Errors
    /// [`NoLease::Held`] when it is over, whoever has the lock now; [`NoLease::Away`] when that cannot be known.
    async fn renew(&self, lease: &Lease, lifetime: Duration) -> Result<(), NoLease>;

    /// Gives the lock back, unless the lease is over: what somebody else holds by now stays theirs.
    async fn release(&self, lease: Lease);
}

/// The lifetime as it is counted, also by counters.
pub(crate) fn millis(lifetime: Duration) -> u64 {
    // A year is far beyond sense, and fits every clock.
    const YEAR: u64 = 365 * 24 * 3600 * 1000;
    u64::try_from(lifetime.as_millis()).unwrap_or(YEAR).clamp(1, YEAR)
}

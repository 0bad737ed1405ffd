//! Counters for quick reading: copies of what a database counts, each under the version it had there.
//!
//! They are never the source of truth. Whoever decides by a count reads it from the database, under a lock.

mod in_process;
mod redis;

use std::fmt::Debug;

use async_trait::async_trait;

pub use in_process::InProcess;
pub use redis::InRedis;

/// What was counted, as it was in one version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// Grows with every change at the source. Exact up to 2^53.
    pub version: i64,
    /// Units.
    pub amount: i64,
    /// The number of units at which there are few, and below.
    pub low: i64,
}

/// Keeps counts by their names. Every count is forgotten when its lifetime is over, also one that is read all the time: a change that
/// never came here is unknown for no longer than that.
#[async_trait]
pub trait Counters: Send + Sync + Debug {
    /// The counts of the names, in their order and with one question for all of them; `None` for each that is not kept. `None` instead of
    /// all when the counters are away: it is then of no use to keep anything.
    async fn read(&self, names: &[String]) -> Option<Vec<Option<Count>>>;

    /// Keeps each count, unless the same version or a later one is kept: what comes late or twice changes nothing, not even the
    /// lifetime. Counters that are away keep nothing.
    async fn keep(&self, counts: &[(String, Count)]);
}

//! Counters of one process.

use std::fmt;
use std::future::ready;
use std::time::Duration;

use async_trait::async_trait;
use moka::ops::compute::Op;

use super::{Count, Counters};

/// Counts that are kept at most, some ten megabytes: what is asked for least goes first.
const MOST: u64 = 100_000;

/// Counters in the memory of this process.
#[derive(Clone)]
pub struct InProcess {
    counts: moka::future::Cache<String, Count>,
}

impl InProcess {
    /// Counters that forget every count after the lifetime.
    pub fn new(lifetime: Duration) -> Self {
        Self { counts: moka::future::Cache::builder().max_capacity(MOST).time_to_live(lifetime).build() }
    }
}

impl fmt::Debug for InProcess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InProcess").field("counts", &self.counts.entry_count()).finish()
    }
}

#[async_trait]
impl Counters for InProcess {
    async fn read(&self, names: &[String]) -> Option<Vec<Option<Count>>> {
        let mut counts = Vec::with_capacity(names.len());
        for name in names {
            counts.push(self.counts.get(name).await);
        }
        Some(counts)
    }

    async fn keep(&self, counts: &[(String, Count)]) {
        for (name, count) in counts {
            let newest = self.counts.entry_by_ref(name).and_compute_with(|kept| {
                let is_late = kept.is_some_and(|kept| kept.value().version >= count.version);
                ready(if is_late { Op::Nop } else { Op::Put(*count) })
            });
            newest.await;
        }
    }
}

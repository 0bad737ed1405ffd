//! Counters that all processes share.

use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use futures::future::try_join_all;
use redis::Script;

use super::{Count, Counters};
use crate::Redis;
use crate::lock::millis;

/// How long a command may take: whoever reads a counter wants to save time.
const DEADLINE: Duration = Duration::from_millis(100);

/// Counters in Redis: one `MGET` reads, and one script for each count keeps the newest, all of them sent together. In a cluster each
/// node is asked for its own.
pub struct InRedis {
    redis: Redis,
    lifetime: Duration,
    deadline: Duration,
    keep: Script,
}

impl InRedis {
    /// Counters in this Redis that forget every count after the lifetime, in whole milliseconds and at least one; with a deadline of
    /// 100 ms for each command.
    pub fn new(redis: Redis, lifetime: Duration) -> Self {
        Self { redis, lifetime, deadline: DEADLINE, keep: Script::new(include_str!("keep.lua")) }
    }

    /// With another deadline for each command.
    #[must_use]
    pub fn with_deadline(self, deadline: Duration) -> Self {
        Self { deadline, ..self }
    }

    fn key(&self, name: &str) -> String {
        self.redis.key("count", name)
    }
}

impl fmt::Debug for InRedis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InRedis").field("redis", &self.redis).field("lifetime", &self.lifetime).finish_non_exhaustive()
    }
}

/// The count as the script writes it.
fn parse(text: &str) -> Option<Count> {
    let mut numbers = text.split(' ').map(str::parse);
    let mut next = || numbers.next()?.ok();
    Some(Count { version: next()?, amount: next()?, low: next()? })
}

#[async_trait]
impl Counters for InRedis {
    async fn read(&self, names: &[String]) -> Option<Vec<Option<Count>>> {
        if names.is_empty() {
            return Some(Vec::new());
        }
        let keys: Vec<String> = names.iter().map(|name| self.key(name)).collect();
        let read = self.redis.call(self.deadline, |mut connection| async move {
            redis::cmd("MGET").arg(keys).query_async::<Vec<Option<String>>>(&mut connection).await
        });
        let found = read.await.ok()?;
        Some(found.into_iter().map(|text| parse(&text?)).collect())
    }

    async fn keep(&self, counts: &[(String, Count)]) {
        if counts.is_empty() {
            return;
        }
        let lifetime = millis(self.lifetime);
        let scripts: Vec<_> = counts
            .iter()
            .map(|(name, Count { version, amount, low })| {
                let mut script = self.keep.key(self.key(name));
                script.arg(*version).arg(*amount).arg(*low).arg(lifetime);
                script
            })
            .collect();
        let keep = self.redis.call(self.deadline, |connection| async move {
            try_join_all(scripts.iter().map(|script| {
                let mut connection = connection.clone();
                async move { script.invoke_async::<i64>(&mut connection).await }
            }))
            .await
        });
        // What Redis answers to a failure was told by the circuit breaker; here it is a count that was not kept.
        _ = keep.await;
    }
}

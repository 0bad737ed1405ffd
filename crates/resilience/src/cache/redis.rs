//! The cache that all processes share.

use std::time::Duration;

use async_trait::async_trait;

use super::{Cache, count};
use crate::Redis;

/// How long a command may take: whoever asks a cache wants to save time.
const DEADLINE: Duration = Duration::from_millis(100);

/// A cache in Redis, bounded by the server's `maxmemory`: every entry has a lifetime, so `volatile-lru` may evict it.
#[derive(Debug, Clone)]
pub struct InRedis {
    redis: Redis,
    deadline: Duration,
}

impl InRedis {
    /// A cache in this Redis, with a deadline of 100 ms for each command.
    pub fn new(redis: Redis) -> Self {
        Self { redis, deadline: DEADLINE }
    }

    /// With another deadline for each command.
    #[must_use]
    pub fn with_deadline(self, deadline: Duration) -> Self {
        Self { deadline, ..self }
    }
}

// What Redis answers to a failure was told by the circuit breaker; here it is an entry that was not kept.
#[async_trait]
impl Cache for InRedis {
    async fn get(&self, key: &str) -> Option<Vec<u8>> {
        let key = self.redis.key("cache", key);
        let get = self.redis.call(self.deadline, |mut connection| async move {
            redis::cmd("GET").arg(key).query_async::<Option<Vec<u8>>>(&mut connection).await
        });
        let answer = get.await;
        let outcome = match answer {
            Ok(Some(_)) => "hit",
            Ok(None) => "miss",
            Err(_) => "away",
        };
        count("redis", outcome);
        answer.ok().flatten()
    }

    async fn put(&self, key: &str, value: Vec<u8>, lifetime: Duration) {
        let key = self.redis.key("cache", key);
        // Redis counts in milliseconds and refuses none: what lives shorter is only the end of what was there.
        let command = match u64::try_from(lifetime.as_millis()).unwrap_or(LONGEST).min(LONGEST) {
            0 => redis::cmd("DEL").arg(key).to_owned(),
            lifetime => redis::cmd("SET").arg(key).arg(value).arg("PX").arg(lifetime).to_owned(),
        };
        let put = self.redis.call(self.deadline, |mut connection| async move {
            command.query_async::<redis::Value>(&mut connection).await
        });
        _ = put.await;
    }
}

/// A hundred years: Redis refuses times that do not fit its clock.
const LONGEST: u64 = 100 * 365 * 24 * 3600 * 1000;

//! The throttle that all processes share.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use redis::Script;
use time::{Duration, OffsetDateTime};

use super::{InProcess, Quota, Throttle, Verdict};
use crate::Redis;

/// How long a command may take. Longer than the cache's: deciding alone is worse than a slow sign-in.
const DEADLINE: std::time::Duration = std::time::Duration::from_millis(200);

/// A throttle in Redis. While Redis is away this process decides alone, by what it let through itself, so that a quota holds per
/// process and not for all of them together.
pub struct InRedis {
    redis: Redis,
    deadline: std::time::Duration,
    script: Script,
    alone: InProcess,
    is_alone: AtomicBool,
}

impl InRedis {
    /// A throttle in this Redis, with a deadline of 200 ms for each command.
    pub fn new(redis: Redis) -> Self {
        Self {
            redis,
            deadline: DEADLINE,
            script: Script::new(include_str!("gcra.lua")),
            alone: InProcess::default(),
            is_alone: AtomicBool::new(false),
        }
    }

    /// With another deadline for each command.
    #[must_use]
    pub fn with_deadline(self, deadline: std::time::Duration) -> Self {
        Self { deadline, ..self }
    }
}

impl fmt::Debug for InRedis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InRedis").field("redis", &self.redis).field("is_alone", &self.is_alone).finish_non_exhaustive()
    }
}

#[async_trait]
impl Throttle for InRedis {
    async fn hit(&self, key: &str, quota: Quota, now: OffsetDateTime) -> Verdict {
        let mut script = self.script.key(self.redis.key("throttle", key));
        script.arg(micros(now - OffsetDateTime::UNIX_EPOCH)).arg(micros(quota.pause)).arg(micros(quota.tolerated()));
        let wait: Result<i64, _> = self
            .redis
            .call(self.deadline, |mut connection| async move { script.invoke_async(&mut connection).await })
            .await;
        match wait {
            Ok(wait) => {
                if self.is_alone.swap(false, Ordering::Relaxed) {
                    tracing::info!("the throttle counts in Redis again");
                }
                if wait > 0 {
                    return Verdict::Refused { retry_after: Duration::microseconds(wait) };
                }
                // Remembered here as well, so that who is close to the quota stays so when Redis goes away.
                self.alone.hit(key, quota, now).await;
                Verdict::Allowed
            }
            Err(error) => {
                if !self.is_alone.swap(true, Ordering::Relaxed) {
                    tracing::warn!(%error, "the throttle of this process decides alone until Redis is back");
                }
                self.alone.hit(key, quota, now).await
            }
        }
    }
}

fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.whole_microseconds()).unwrap_or(i64::MAX)
}

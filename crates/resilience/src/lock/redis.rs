//! Locks among processes.

use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use redis::{Script, ScriptInvocation};

use super::{Lease, Locks, NoLease, millis};
use crate::Redis;

/// How long a command may take.
const DEADLINE: Duration = Duration::from_millis(200);

/// Locks in Redis. Lifetimes go by the server's clock.
pub struct InRedis {
    redis: Redis,
    deadline: Duration,
    acquire: Script,
    renew: Script,
    release: Script,
}

impl InRedis {
    /// Locks in this Redis, with a deadline of 200 ms for each command.
    pub fn new(redis: Redis) -> Self {
        Self {
            redis,
            deadline: DEADLINE,
            acquire: Script::new(include_str!("acquire.lua")),
            renew: Script::new(include_str!("renew.lua")),
            release: Script::new(include_str!("release.lua")),
        }
    }

    /// With another deadline for each command.
    #[must_use]
    pub fn with_deadline(self, deadline: Duration) -> Self {
        Self { deadline, ..self }
    }

    fn holder(&self, name: &str) -> String {
        self.redis.key("lock", name)
    }

    /// What the script answers; `None` when Redis is away.
    async fn run(&self, script: &ScriptInvocation<'_>) -> Option<u64> {
        let run =
            self.redis.call(self.deadline, |mut connection| async move { script.invoke_async(&mut connection).await });
        run.await.ok()
    }
}

impl fmt::Debug for InRedis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InRedis").field("redis", &self.redis).finish_non_exhaustive()
    }
}

#[async_trait]
impl Locks for InRedis {
    async fn acquire(&self, name: &str, lifetime: Duration) -> Result<Lease, NoLease> {
        let mut script = self.acquire.key(self.holder(name));
        script.key(self.redis.key("lock-token", name)).arg(millis(lifetime));
        match self.run(&script).await {
            None => Err(NoLease::Away),
            Some(0) => Err(NoLease::Held),
            Some(token) => Ok(Lease { name: name.to_owned(), token }),
        }
    }

    async fn renew(&self, lease: &Lease, lifetime: Duration) -> Result<(), NoLease> {
        let mut script = self.renew.key(self.holder(lease.name()));
        script.arg(lease.token).arg(millis(lifetime));
        match self.run(&script).await {
            None => Err(NoLease::Away),
            Some(0) => Err(NoLease::Held),
            Some(_) => Ok(()),
        }
    }

    async fn release(&self, lease: Lease) {
        let mut script = self.release.key(self.holder(lease.name()));
        script.arg(lease.token);
        // When Redis is away, the lifetime ends the lease.
        self.run(&script).await;
    }
}

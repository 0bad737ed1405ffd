//! Locks among the tasks of one process.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use kernel::Clock;
use time::OffsetDateTime;

use super::{Lease, Locks, NoLease, millis};

/// Locks for one process.
#[derive(Debug)]
pub struct InProcess {
    clock: Arc<dyn Clock>,
    held: Mutex<Held>,
}

#[derive(Debug, Default)]
struct Held {
    last_token: u64,
    by_name: HashMap<String, Holder>,
}

#[derive(Debug)]
struct Holder {
    token: u64,
    until: OffsetDateTime,
}

impl InProcess {
    /// Locks whose lifetimes go by this clock.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, held: Mutex::default() }
    }

    fn lock(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Locks for InProcess {
    async fn acquire(&self, name: &str, lifetime: Duration) -> Result<Lease, NoLease> {
        let now = self.clock.now();
        let mut held = self.lock();
        held.by_name.retain(|_, holder| holder.until > now);
        if held.by_name.contains_key(name) {
            return Err(NoLease::Held);
        }
        // From the time, so that tokens also rise over a restart.
        let micros = u64::try_from(now.unix_timestamp_nanos() / 1_000).unwrap_or_default();
        let token = micros.max(held.last_token + 1);
        held.last_token = token;
        held.by_name.insert(name.to_owned(), Holder { token, until: now + Duration::from_millis(millis(lifetime)) });
        Ok(Lease { name: name.to_owned(), token })
    }

    async fn renew(&self, lease: &Lease, lifetime: Duration) -> Result<(), NoLease> {
        let now = self.clock.now();
        let mut held = self.lock();
        let holder =
            held.by_name.get_mut(lease.name()).filter(|holder| holder.token == lease.token && holder.until > now);
        let Some(holder) = holder else { return Err(NoLease::Held) };
        holder.until = now + Duration::from_millis(millis(lifetime));
        Ok(())
    }

    async fn release(&self, lease: Lease) {
        let mut held = self.lock();
        if held.by_name.get(lease.name()).is_some_and(|holder| holder.token == lease.token) {
            held.by_name.remove(lease.name());
        }
    }
}

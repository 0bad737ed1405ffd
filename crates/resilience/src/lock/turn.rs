//! Work that one of several processes does, while the others stand by.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::sleep;

use super::{Lease, Locks, NoLease};

/// The turn to do work that several processes could do, and that would only cost more if all of them did it. Whoever has the turn keeps
/// it from one piece of work to the next; when it dies, another has it after the lifetime.
///
/// It saves work and guards nothing: two may work at once, after a pause that is longer than the lifetime, and whenever whoever hands
/// out locks is away, since work that is done twice is better than none.
#[derive(Debug)]
pub struct Turn {
    locks: Arc<dyn Locks>,
    name: String,
    lifetime: Duration,
    lease: Mutex<Option<Lease>>,
}

impl Turn {
    /// The turn of this name, which nobody has yet. It is held for the lifetime from the beginning of each piece of work, and renewed while
    /// that takes longer.
    pub fn new(locks: Arc<dyn Locks>, name: impl Into<String>, lifetime: Duration) -> Self {
        Self { locks, name: name.into(), lifetime, lease: Mutex::default() }
    }

    /// Does the work if it is this process's turn; `None` when it is another's, and nothing was done. Pieces of work of one process wait for
    /// each other.
    pub async fn run<T>(&self, work: impl Future<Output = T> + Send) -> Option<T> {
        let mut lease = self.lease.lock().await;
        if !self.has(&mut lease).await {
            return None;
        }
        let mut work = pin!(work);
        loop {
            tokio::select! {
                done = &mut work => return Some(done),
                // Whether or not it still is this process's turn, half a piece of work is of no use.
                () = sleep(self.lifetime / 3) => { self.has(&mut lease).await; }
            }
        }
    }

    /// Leaves the turn to others at once, not only after the lifetime.
    pub async fn leave(&self) {
        if let Some(lease) = self.lease.lock().await.take() {
            self.locks.release(lease).await;
        }
    }

    async fn has(&self, lease: &mut Option<Lease>) -> bool {
        if let Some(held) = lease.take() {
            match self.locks.renew(&held, self.lifetime).await {
                // Not known is kept: asked for anew, the lock would be held, by this very lease.
                Ok(()) | Err(NoLease::Away) => {
                    *lease = Some(held);
                    return true;
                }
                Err(NoLease::Held) => {}
            }
        }
        match self.locks.acquire(&self.name, self.lifetime).await {
            Ok(taken) => {
                tracing::info!(name = self.name, token = taken.token(), "this process does the work from now on");
                *lease = Some(taken);
                true
            }
            Err(NoLease::Held) => false,
            Err(NoLease::Away) => true,
        }
    }
}

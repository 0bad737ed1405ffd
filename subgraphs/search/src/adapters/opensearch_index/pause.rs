use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use kernel::{Clock, Fault};
use time::OffsetDateTime;

/// How long a server that was away is left alone.
const PAUSE: Duration = Duration::from_secs(5);

/// Leaves a server alone for a while that was away, so that not every request waits for it in vain. After that one request
/// tries; the others go on without the server until it has succeeded.
#[derive(Debug)]
pub(super) struct Pause {
    clock: Arc<dyn Clock>,
    until: Mutex<Option<OffsetDateTime>>,
}

impl Pause {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, until: Mutex::new(None) }
    }

    fn set(&self, until: Option<OffsetDateTime>) {
        *self.until.lock().unwrap_or_else(PoisonError::into_inner) = until;
    }

    /// Whether the server may be asked now.
    pub(super) fn check(&self) -> Result<(), Fault> {
        let mut until = self.until.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.clock.now();
        match *until {
            Some(time) if now < time => Err(Fault::unavailable("the search server was away a moment ago")),
            Some(_) => {
                *until = Some(now + PAUSE);
                Ok(())
            }
            None => Ok(()),
        }
    }

    pub(super) fn was_away(&self) {
        self.set(Some(self.clock.now() + PAUSE));
    }

    pub(super) fn answered(&self) {
        self.set(None);
    }
}

use std::sync::{Mutex, PoisonError};

use time::{Duration, OffsetDateTime};

/// Failures in a row after which nothing is tried for a while.
const FAILURES: u32 = 5;
/// How long.
const PAUSE: Duration = Duration::seconds(10);

/// Spares a provider that is away, and us the waiting for it.
#[derive(Debug, Default)]
pub(crate) struct Breaker {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    failures: u32,
    closed_until: Option<OffsetDateTime>,
}

impl Breaker {
    /// Whether it is worth a try.
    pub(crate) fn allows(&self, now: OffsetDateTime) -> bool {
        self.state().closed_until.is_none_or(|until| now >= until)
    }

    /// Whether the last tries were answered.
    pub(crate) fn is_up(&self) -> bool {
        self.state().failures < FAILURES
    }

    pub(crate) fn answered(&self) {
        *self.state() = State::default();
    }

    pub(crate) fn failed(&self, now: OffsetDateTime) {
        let mut state = self.state();
        state.failures = state.failures.saturating_add(1);
        if state.failures >= FAILURES {
            state.closed_until = Some(now + PAUSE);
        }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_five_failures_it_pauses_and_one_answer_ends_that() {
        let (breaker, start) = (Breaker::default(), OffsetDateTime::UNIX_EPOCH);
        for _ in 0..4 {
            breaker.failed(start);
        }
        assert!(breaker.allows(start) && breaker.is_up());
        breaker.failed(start);
        assert!(!breaker.allows(start + PAUSE - Duration::SECOND) && !breaker.is_up());
        assert!(breaker.allows(start + PAUSE), "one more try");
        breaker.failed(start + PAUSE);
        assert!(!breaker.allows(start + PAUSE), "which failed");
        breaker.answered();
        assert!(breaker.allows(start + PAUSE) && breaker.is_up());
    }
}

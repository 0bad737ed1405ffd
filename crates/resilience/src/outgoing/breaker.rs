//! The circuit breaker. It takes the time as a parameter and does no I/O, so every decision can be tested without waiting.

use std::fmt::Display;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use time::OffsetDateTime;

use super::Settings;

/// What a breaker thinks of its target. As `breaker_state` it is 0, 1 and 2 in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Calls go through.
    Closed,
    /// Calls are refused.
    Open,
    /// A few calls go through, to see whether the target works again.
    HalfOpen,
}

#[derive(Debug)]
enum Phase {
    Closed { failures: u32 },
    Open { until: OffsetDateTime },
    HalfOpen { running: u32, succeeded: u32 },
}

#[derive(Debug)]
struct Inner {
    phase: Phase,
    /// Counts the changes of phase: what was let through before the last one has no say any more.
    epoch: u64,
}

/// Refuses calls to a target that failed too often in a row, for a while; then lets probes through.
#[derive(Debug)]
pub struct Breaker {
    target: &'static str,
    settings: Settings,
    inner: Mutex<Inner>,
}

/// Leave to call. It must be told how the call went; one that is dropped says nothing of the target.
#[derive(Debug)]
#[must_use = "tell how the call went"]
pub struct Permit<'a> {
    breaker: &'a Breaker,
    epoch: u64,
}

impl Breaker {
    /// A closed breaker.
    pub fn new(target: &'static str, settings: Settings) -> Self {
        let breaker =
            Self { target, settings, inner: Mutex::new(Inner { phase: Phase::Closed { failures: 0 }, epoch: 0 }) };
        breaker.show(State::Closed);
        breaker
    }

    /// What it thinks of the target. It stays open until somebody asks for leave to probe.
    pub fn state(&self) -> State {
        match self.lock().phase {
            Phase::Closed { .. } => State::Closed,
            Phase::Open { .. } => State::Open,
            Phase::HalfOpen { .. } => State::HalfOpen,
        }
    }

    /// Asks for leave to call.
    ///
    /// # Errors
    /// When it may be asked again, at the earliest.
    pub fn admit(&self, now: OffsetDateTime) -> Result<Permit<'_>, Duration> {
        let mut inner = self.lock();
        if let Some(wait) = self.waits(&inner, now) {
            return Err(wait);
        }
        if let Phase::Open { .. } = inner.phase {
            self.enter(&mut inner, Phase::HalfOpen { running: 0, succeeded: 0 }, State::HalfOpen);
        }
        if let Phase::HalfOpen { running, .. } = &mut inner.phase {
            *running += 1;
        }
        Ok(Permit { breaker: self, epoch: inner.epoch })
    }

    /// When it may be asked for leave again, at the earliest; none when it gives leave now.
    pub fn refuses(&self, now: OffsetDateTime) -> Option<Duration> {
        self.waits(&self.lock(), now)
    }

    fn waits(&self, inner: &Inner, now: OffsetDateTime) -> Option<Duration> {
        let open_for = self.settings.open_for;
        match inner.phase {
            Phase::Closed { .. } => None,
            // A clock that was set back must not keep it open for longer.
            Phase::Open { until } => {
                Duration::try_from(until - now).ok().filter(|left| !left.is_zero() && *left <= open_for)
            }
            Phase::HalfOpen { running, succeeded } => {
                (running + succeeded >= self.settings.probes.max(1)).then_some(open_for)
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn enter(&self, inner: &mut Inner, phase: Phase, state: State) {
        inner.phase = phase;
        inner.epoch += 1;
        self.show(state);
    }

    fn show(&self, state: State) {
        let value = match state {
            State::Closed => 0.0,
            State::Open => 1.0,
            State::HalfOpen => 2.0,
        };
        metrics::gauge!("breaker_state", "target" => self.target).set(value);
    }
}

impl Permit<'_> {
    /// The target did its work.
    pub fn succeeded(self) {
        let breaker = self.breaker;
        let mut inner = breaker.lock();
        if inner.epoch != self.epoch {
            return;
        }
        match &mut inner.phase {
            Phase::Closed { failures } => *failures = 0,
            Phase::HalfOpen { succeeded, .. } => {
                // The permit counts as running until it is dropped, when this method has let go of the lock.
                *succeeded += 1;
                if *succeeded >= breaker.settings.probes.max(1) {
                    tracing::info!(to = breaker.target, "calls succeed again");
                    breaker.enter(&mut inner, Phase::Closed { failures: 0 }, State::Closed);
                }
            }
            Phase::Open { .. } => {}
        }
    }

    /// The target did not do its work.
    pub fn failed(self, now: OffsetDateTime, why: &dyn Display) {
        let breaker = self.breaker;
        let mut inner = breaker.lock();
        if inner.epoch != self.epoch {
            return;
        }
        let settings = &breaker.settings;
        let opens = match &mut inner.phase {
            Phase::Closed { failures } => {
                *failures += 1;
                *failures >= settings.failures.max(1)
            }
            Phase::HalfOpen { .. } => true,
            Phase::Open { .. } => false,
        };
        if opens {
            if matches!(inner.phase, Phase::Closed { .. }) {
                let failures = settings.failures;
                tracing::warn!(to = breaker.target, error = %why, failures, "calls fail; none is made until a probe succeeds");
            }
            breaker.enter(&mut inner, Phase::Open { until: now + settings.open_for }, State::Open);
        }
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        let mut inner = self.breaker.lock();
        if inner.epoch == self.epoch
            && let Phase::HalfOpen { running, .. } = &mut inner.phase
        {
            *running = running.saturating_sub(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPEN_FOR: Duration = Duration::from_secs(10);

    fn breaker(failures: u32, probes: u32) -> Breaker {
        let settings = Settings { failures, probes, open_for: OPEN_FOR, ..Settings::default() };
        Breaker::new("test", settings)
    }

    fn fail(breaker: &Breaker, now: OffsetDateTime) {
        breaker.admit(now).unwrap().failed(now, &"broken");
    }

    #[test]
    fn only_failures_in_a_row_open_it() {
        let (breaker, now) = (breaker(3, 1), OffsetDateTime::UNIX_EPOCH);
        for _ in 0..5 {
            fail(&breaker, now);
            fail(&breaker, now);
            breaker.admit(now).unwrap().succeeded();
        }
        assert_eq!(breaker.state(), State::Closed);
        for _ in 0..3 {
            fail(&breaker, now);
        }
        assert_eq!(breaker.state(), State::Open);
    }

    #[test]
    fn an_open_one_refuses_until_its_time_is_over_and_then_lets_probes_through() {
        let (breaker, now) = (breaker(1, 1), OffsetDateTime::UNIX_EPOCH);
        fail(&breaker, now);
        let almost = now + OPEN_FOR - Duration::from_secs(1);
        assert_eq!(breaker.refuses(almost), Some(Duration::from_secs(1)));
        assert_eq!(breaker.admit(almost).unwrap_err(), Duration::from_secs(1));
        assert_eq!(breaker.refuses(now + OPEN_FOR), None);
        assert_eq!(breaker.state(), State::Open, "looking changes nothing");
        let probe = breaker.admit(now + OPEN_FOR).unwrap();
        assert_eq!(breaker.state(), State::HalfOpen);
        assert_eq!(breaker.admit(now + OPEN_FOR).unwrap_err(), OPEN_FOR, "one probe at a time");
        probe.failed(now + OPEN_FOR, &"still broken");
        assert_eq!(breaker.state(), State::Open);
        assert_eq!(breaker.admit(now + OPEN_FOR).unwrap_err(), OPEN_FOR, "its time begins anew");
        breaker.admit(now + 2 * OPEN_FOR).unwrap().succeeded();
        assert_eq!(breaker.state(), State::Closed);
    }

    #[test]
    fn a_clock_that_is_set_back_does_not_keep_it_open() {
        let (breaker, now) = (breaker(1, 1), OffsetDateTime::UNIX_EPOCH);
        fail(&breaker, now);
        assert!(breaker.admit(now - Duration::from_secs(3600)).is_ok());
    }

    #[test]
    fn as_many_probes_as_were_asked_for_must_succeed() {
        let (breaker, now) = (breaker(1, 2), OffsetDateTime::UNIX_EPOCH);
        fail(&breaker, now);
        let now = now + OPEN_FOR;
        let (first, second) = (breaker.admit(now).unwrap(), breaker.admit(now).unwrap());
        assert!(breaker.admit(now).is_err(), "two at once");
        first.succeeded();
        assert_eq!(breaker.state(), State::HalfOpen);
        assert!(breaker.admit(now).is_err(), "the second is still on its way");
        drop(second);
        breaker.admit(now).unwrap().succeeded();
        assert_eq!(breaker.state(), State::Closed);
    }

    #[test]
    fn a_late_result_of_an_earlier_time_has_no_say() {
        let (breaker, now) = (breaker(1, 1), OffsetDateTime::UNIX_EPOCH);
        let (slow_failure, slow_success) = (breaker.admit(now).unwrap(), breaker.admit(now).unwrap());
        fail(&breaker, now);
        slow_success.succeeded();
        assert_eq!(breaker.state(), State::Open);
        breaker.admit(now + OPEN_FOR).unwrap().succeeded();
        slow_failure.failed(now + OPEN_FOR, &"broken");
        assert_eq!(breaker.state(), State::Closed);
    }
}

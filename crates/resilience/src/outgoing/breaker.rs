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

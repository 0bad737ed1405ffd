//! Calls that leave the process: each has a deadline, a target that fails is left alone for a while, and only what is idempotent
//! is tried again.

mod breaker;
#[cfg(test)]
mod breaker_tests;
mod retry;
#[cfg(test)]
mod tests;

use std::fmt::Display;
use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};

use kernel::{Clock, SystemClock};

pub use breaker::{Breaker, Permit, State};
pub use retry::Retry;

/// How patient calls to one target are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// How long one call may take.
    pub deadline: Duration,
    /// So many failures in a row open the breaker; at least 1 counts.
    pub failures: u32,
    /// How long an open breaker refuses every call, before it lets probes through.
    pub open_for: Duration,
    /// So many probes must succeed before the breaker closes, and no more than so many run at once; at least 1 counts.
    pub probes: u32,
}

impl Default for Settings {
    /// Five seconds for a call; five failures in a row open the breaker for ten seconds; one probe closes it.
    fn default() -> Self {
        Self { deadline: Duration::from_secs(5), failures: 5, open_for: Duration::from_secs(10), probes: 1 }
    }
}

/// Why a call brought no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CallError<E> {
    /// The breaker is open: the target was not called.
    #[error("not called, because it failed too often; may be tried again in {retry_after:?}")]
    Refused {
        /// When a call may get through again, at the earliest.
        retry_after: Duration,
    },
    /// The target had not answered by the deadline. Whether it did its work is not known.
    #[error("no answer within {0:?}")]
    Late(Duration),
    /// The call failed.
    #[error("{0}")]
    Failed(E),
}

/// The calls to one target, for example one payment provider. Clones of a service share it, so that they learn of a failing target
/// together.
///
/// No call takes longer than what is [left](deadline::left) of the request at hand.
///
/// It tells `outgoing_calls_total{target,outcome}` with the outcomes `ok`, `failed`, `late`, `refused` and `abandoned`,
/// `outgoing_call_duration_seconds{target}` of those that were made, `outgoing_retries_total{target}`, and `breaker_state{target}`.
#[derive(Debug)]
pub struct Outgoing {
    target: &'static str,
    deadline: Duration,
    breaker: Breaker,
    clock: Arc<dyn Clock>,
}

/// Counts how the call ended, also when nobody waits for its end.
struct Counted {
    target: &'static str,
    outcome: &'static str,
    /// None while it is not called.
    since: Option<Instant>,
}

impl Drop for Counted {
    fn drop(&mut self) {
        metrics::counter!("outgoing_calls_total", "target" => self.target, "outcome" => self.outcome).increment(1);
        if let Some(since) = self.since {
            let took = metrics::histogram!("outgoing_call_duration_seconds", "target" => self.target);
            took.record(since.elapsed().as_secs_f64());
        }
    }
}

impl Outgoing {
    /// Calls to the target. The name is a metric's label: choose one per target and not per request.
    pub fn new(target: &'static str, settings: Settings) -> Self {
        let (deadline, breaker) = (settings.deadline, Breaker::new(target, settings));
        Self { target, deadline, breaker, clock: Arc::new(SystemClock) }
    }

    /// The same, with an open breaker timed by this clock.
    #[must_use]
    pub fn with_clock(self, clock: Arc<dyn Clock>) -> Self {
        Self { clock, ..self }
    }

    /// How long one call may take.
    pub fn deadline(&self) -> Duration {
        self.deadline
    }

    /// The target's name.
    pub fn target(&self) -> &'static str {
        self.target
    }

    /// What the breaker thinks of the target.
    pub fn state(&self) -> State {
        self.breaker.state()
    }

    /// When a call may get through again, at the earliest; none when it may now. For who can leave the work for later.
    pub fn refuses(&self) -> Option<Duration> {
        self.breaker.refuses(self.clock.now())
    }

    /// Calls once. An `Err` of the call says that the target did not do its work, and counts against it. An answer that says no, such
    /// as a declined card, is an `Ok`.
    ///
    /// # Errors
    /// The call's, or that it was too slow, or not made.
    pub async fn run<T, E, F>(&self, call: impl FnOnce() -> F + Send) -> Result<T, CallError<E>>
    where
        F: Future<Output = Result<T, E>> + Send,
        E: Display,
    {
        self.run_within(self.deadline, call).await
    }

    /// Like [`Self::run`], with a deadline of its own.
    ///
    /// # Errors
    /// The call's, or that it was too slow, or not made.
    pub async fn run_within<T, E, F>(
        &self,
        deadline: Duration,
        call: impl FnOnce() -> F + Send,
    ) -> Result<T, CallError<E>>
    where
        F: Future<Output = Result<T, E>> + Send,
        E: Display,
    {
        self.attempt(deadline, deadline::left().unwrap_or(deadline), call).await
    }

    /// Calls until it succeeds, as often and as long as the retry says. Only for calls that may happen twice: a call that was late or
    /// failed may have done its work all the same. A breaker that opens meanwhile ends it.
    ///
    /// # Errors
    /// Those of the last attempt that was made.
    pub async fn run_idempotent<T, E, F>(
        &self,
        retry: &Retry,
        mut call: impl FnMut() -> F + Send,
    ) -> Result<T, CallError<E>>
    where
        F: Future<Output = Result<T, E>> + Send,
        E: Display,
    {
        let end = Instant::now() + deadline::left().map_or(retry.within, |left| left.min(retry.within));
        let mut last = None;
        let mut failures = 0_u32;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let error = match self.attempt(self.deadline, left, &mut call).await {
                Ok(value) => return Ok(value),
                Err(refused @ CallError::Refused { .. }) => return Err(last.unwrap_or(refused)),
                Err(error) => error,
            };
            failures += 1;
            let pause = retry.pause(failures);
            if failures >= retry.attempts || Instant::now() + pause >= end {
                return Err(error);
            }
            tokio::time::sleep(pause).await;
            metrics::counter!("outgoing_retries_total", "target" => self.target).increment(1);
            last = Some(error);
        }
    }

    /// One call. Being slower than what is left counts against the target only if it is slower than the deadline.
    async fn attempt<T, E, F>(
        &self,
        deadline: Duration,
        left: Duration,
        call: impl FnOnce() -> F + Send,
    ) -> Result<T, CallError<E>>
    where
        F: Future<Output = Result<T, E>> + Send,
        E: Display,
    {
        let limit = deadline.min(left);
        let mut counted = Counted { target: self.target, outcome: "late", since: None };
        if limit.is_zero() {
            return Err(CallError::Late(limit));
        }
        counted.outcome = "refused";
        let now = || self.clock.now();
        let permit = self.breaker.admit(now()).map_err(|retry_after| CallError::Refused { retry_after })?;
        (counted.outcome, counted.since) = ("abandoned", Some(Instant::now()));
        match tokio::time::timeout(limit, call()).await {
            Ok(Ok(value)) => {
                counted.outcome = "ok";
                permit.succeeded();
                Ok(value)
            }
            Ok(Err(error)) => {
                counted.outcome = "failed";
                permit.failed(now(), &error);
                Err(CallError::Failed(error))
            }
            Err(_) => {
                counted.outcome = "late";
                if left >= deadline {
                    permit.failed(now(), &format_args!("no answer within {limit:?}"));
                }
                Err(CallError::Late(limit))
            }
        }
    }
}

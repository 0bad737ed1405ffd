//! How long to wait after a failure.

use std::fmt::Display;
use std::time::Duration;

/// How often, and how far apart, a message is tried before it becomes a dead letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    /// Attempts in all, the first included.
    pub attempts: u32,
    /// The wait after the first failure; it doubles with every further one.
    pub first: Duration,
    /// The longest wait.
    pub longest: Duration,
}

impl Default for RetryPolicy {
    /// Ten attempts over about eight and a half minutes.
    fn default() -> Self {
        Self { attempts: 10, first: Duration::from_secs(1), longest: Duration::from_secs(300) }
    }
}

impl RetryPolicy {
    /// The wait after so many failures in a row: between half of the exponential step and the whole, at random, so that
    /// what failed together does not come back together.
    pub(crate) fn delay(&self, failures: u32) -> Duration {
        let step = self.first.saturating_mul(2_u32.saturating_pow(failures.saturating_sub(1))).min(self.longest);
        step.mul_f64(rand::random_range(0.5..=1.0))
    }
}

/// Failures of a loop in a row: the first is logged, the wait grows, and so is the end logged.
#[derive(Debug, Default)]
pub(crate) struct Streak {
    failures: u32,
}

impl Streak {
    const PAUSES: RetryPolicy =
        RetryPolicy { attempts: u32::MAX, first: Duration::from_millis(200), longest: Duration::from_secs(2) };

    /// Counts a failure and tells how long to pause.
    pub(crate) fn failed(&mut self, who: &str, error: &dyn Display) -> Duration {
        if self.failures == 0 {
            tracing::error!(who, %error, "failing; tries again until it works");
        }
        self.failures = self.failures.saturating_add(1);
        Self::PAUSES.delay(self.failures)
    }

    pub(crate) fn worked(&mut self, who: &str) {
        if self.failures > 0 {
            tracing::info!(who, failures = self.failures, "works again");
            self.failures = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_up_to_the_longest_and_never_overflows() {
        let policy = RetryPolicy { attempts: 5, first: Duration::from_secs(1), longest: Duration::from_secs(60) };
        for (failures, whole) in [(1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (u32::MAX, 60)] {
            let (delay, whole) = (policy.delay(failures), Duration::from_secs(whole));
            assert!(delay >= whole / 2 && delay <= whole, "{failures} failures: {delay:?}");
        }
    }
}

use std::time::Duration;

/// How often, and how far apart, an idempotent call is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retry {
    /// Attempts in all, the first included; at least 1 is made.
    pub attempts: u32,
    /// The longest pause after the first failure; it doubles with every further one.
    pub first: Duration,
    /// The longest pause of all.
    pub longest: Duration,
    /// How long everything may take, attempts and pauses together.
    pub within: Duration,
}

impl Default for Retry {
    /// Three attempts within ten seconds.
    fn default() -> Self {
        Self {
            attempts: 3,
            first: Duration::from_millis(200),
            longest: Duration::from_secs(2),
            within: Duration::from_secs(10),
        }
    }
}

impl Retry {
    /// The pause after so many failures: anything between none and the exponential step, so that many who failed together do not come
    /// back together.
    pub(super) fn pause(&self, failures: u32) -> Duration {
        let step = self.first.saturating_mul(2_u32.saturating_pow(failures.saturating_sub(1))).min(self.longest);
        step.mul_f64(rand::random_range(0.0..=1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pause_is_anything_up_to_a_step_that_doubles_up_to_the_longest() {
        let retry = Retry { first: Duration::from_secs(1), longest: Duration::from_secs(10), ..Retry::default() };
        for (failures, step) in [(1, 1), (2, 2), (3, 4), (4, 8), (5, 10), (u32::MAX, 10)] {
            let step = Duration::from_secs(step);
            let pauses: Vec<_> = (0..200).map(|_| retry.pause(failures)).collect();
            assert!(pauses.iter().all(|pause| *pause <= step), "after {failures}");
            // Each half misses 200 times in a row once in 2^200.
            assert!(pauses.iter().any(|pause| *pause < step / 2), "after {failures}");
            assert!(pauses.iter().any(|pause| *pause > step / 2), "after {failures}");
        }
    }
}

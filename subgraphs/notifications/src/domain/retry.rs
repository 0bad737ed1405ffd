use std::time::Duration;

/// How long a message may take to send, and how often and how far apart it is tried before it counts as failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sending {
    /// How long one attempt may take.
    pub deadline: Duration,
    /// Attempts in all, the first included.
    pub attempts: u32,
    /// The wait after the first failure; it doubles with every further one.
    pub first: Duration,
    /// The longest wait.
    pub longest: Duration,
}

impl Default for Sending {
    /// Twelve attempts over four to eight hours: a mail server that is down over lunch loses nothing.
    fn default() -> Self {
        Self {
            deadline: Duration::from_secs(20),
            attempts: 12,
            first: Duration::from_secs(30),
            longest: Duration::from_secs(2 * 60 * 60),
        }
    }
}

impl Sending {
    /// How long a message belongs to who took it: long enough to send and to record, even on a slow day.
    pub fn lease(&self) -> Duration {
        self.deadline.saturating_mul(2).saturating_add(Duration::from_secs(30))
    }

    /// The wait after so many failed attempts: between half of the exponential step and the whole, as the random number
    /// has it, so that what failed together does not come back together.
    pub fn delay(&self, failures: u32, random: u128) -> Duration {
        let step = self.first.saturating_mul(2_u32.saturating_pow(failures.saturating_sub(1))).min(self.longest);
        let share = (random % 1_000) as u32;
        step / 2 + (step / 2_000).saturating_mul(share)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_wait_is_between_half_and_the_whole_step_and_never_overflows(failures in any::<u32>(), random in any::<u128>()) {
            let sending = Sending::default();
            let wait = sending.delay(failures, random);
            prop_assert!(wait >= sending.first / 2 && wait <= sending.longest, "{:?}", wait);
        }

        #[test]
        fn a_further_failure_never_waits_less(failures in 1_u32..40, random in any::<u128>()) {
            let sending = Sending::default();
            prop_assert!(sending.delay(failures + 1, random) >= sending.delay(failures, random));
        }
    }

    #[test]
    fn the_attempts_span_four_to_eight_hours() {
        let sending = Sending::default();
        let span = |random| (1..sending.attempts).map(|failures| sending.delay(failures, random)).sum::<Duration>();
        let hours = |random| span(random).as_secs_f64() / 3600.0;
        assert!(hours(0) > 4.0 && hours(999) < 8.5, "{} to {}", hours(0), hours(999));
    }

    #[test]
    fn an_attempt_ends_before_its_lease() {
        let sending = Sending::default();
        assert!(sending.lease() > sending.deadline);
    }
}

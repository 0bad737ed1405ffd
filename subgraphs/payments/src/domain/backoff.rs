use time::Duration;

/// The wait after the first failure; it doubles with every further one.
const FIRST: Duration = Duration::milliseconds(500);
/// The longest wait.
const LONGEST: Duration = Duration::minutes(1);

/// How long to wait after so many failures in a row: between half of the exponential step and the whole, as the chance decides, so
/// that what failed together does not come back together.
pub fn backoff(failures: u32, chance: u128) -> Duration {
    let doubled = FIRST * 2_i32.saturating_pow(failures.saturating_sub(1).min(16));
    let step = doubled.min(LONGEST);
    let share = i32::try_from(chance % 1_001).unwrap_or(1_000);
    step / 2 + step / 2 * share / 1_000
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_wait_is_at_least_half_of_the_doubled_step_and_never_too_long(failures in any::<u32>(), chance in any::<u128>()) {
            let wait = backoff(failures, chance);
            prop_assert!(wait >= FIRST / 2 && wait <= LONGEST, "{wait}");
        }

        #[test]
        fn the_wait_grows_with_the_failures(failures in 1_u32..6, chance in any::<u128>()) {
            prop_assert!(backoff(failures + 2, chance) > backoff(failures, chance));
        }
    }
}

use std::time::{Duration, Instant};

/// As long as the router itself gives a request (`traffic_shaping.router.request_timeout`).
const LONGEST: Duration = Duration::from_secs(30);

/// When the time of a request is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct End(Instant);

impl End {
    /// The end that the header's value asks for, a number of milliseconds; none when it is no number, and then nothing was asked for.
    pub(super) fn asked(value: &str, now: Instant) -> Option<Self> {
        let asked = value.trim().parse().ok().map(Duration::from_millis)?;
        Some(Self(now + asked.min(LONGEST)))
    }

    /// What is left, in milliseconds.
    pub(super) fn left(self, now: Instant) -> u64 {
        u64::try_from(self.0.saturating_duration_since(now).as_millis()).unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_shrinks_to_nothing() {
        let now = Instant::now();
        let end = End::asked("250", now).expect("a number");
        assert_eq!(end.left(now), 250);
        assert_eq!(end.left(now + Duration::from_millis(200)), 50);
        assert_eq!(end.left(now + Duration::from_secs(1)), 0);
    }

    #[test]
    fn nobody_has_longer_than_the_router_gives_and_no_number_asks_for_nothing() {
        let now = Instant::now();
        assert_eq!(End::asked("3600000", now).map(|end| end.left(now)), Some(30_000));
        for value in ["", "soon", "-1", "1.5", "99999999999999999999"] {
            assert_eq!(End::asked(value, now), None, "{value:?}");
        }
    }
}

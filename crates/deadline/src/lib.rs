//! How long the request at hand may still take.
//!
//! Whoever takes a request runs its work [`within`] a time. Whatever the work calls asks for what is [`left`] of it, and waits no
//! longer. The time is known in the task of the request; a task that the work spawns has none and goes by its own.

use std::future::Future;
use std::time::Duration;

use tokio::time::{Instant, timeout_at};

/// The header that says how long a request may take, in milliseconds from its arrival. Each who passes the request on sends what is
/// left.
pub const HEADER: &str = "x-request-timeout-ms";

tokio::task_local! {
    static END: Instant;
}

/// The time was over before the work was done. What it had done by then is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not done within {within:?}")]
pub struct Over {
    /// How long it had.
    pub within: Duration,
}

/// What the header's value asks for; none when it is no number of milliseconds, and then nothing was asked for.
pub fn asked(value: &str) -> Option<Duration> {
    value.trim().parse().ok().map(Duration::from_millis)
}

/// Does the work within the time, or within what is left of the request at hand when that is less. What is not done by then is
/// dropped where it waits.
///
/// # Errors
/// [`Over`]
pub async fn within<F: Future>(limit: Duration, work: F) -> Result<F::Output, Over> {
    let within = left().map_or(limit, |left| left.min(limit));
    let end = Instant::now() + within;
    timeout_at(end, END.scope(end, work)).await.map_err(|_| Over { within })
}

/// What is left of the request at hand; zero when its time is over, and none where no request is at hand.
pub fn left() -> Option<Duration> {
    END.try_with(|end| end.saturating_duration_since(Instant::now())).ok()
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};

    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);
    const MOMENT: Duration = Duration::from_millis(5);

    #[test]
    fn only_a_number_of_milliseconds_asks_for_anything() {
        assert_eq!(asked("250"), Some(Duration::from_millis(250)));
        assert_eq!(asked(" 0 "), Some(Duration::ZERO));
        for value in ["", "1s", "-1", "1.5", "99999999999999999999"] {
            assert_eq!(asked(value), None, "{value:?}");
        }
    }

    #[tokio::test]
    async fn work_knows_what_is_left_which_is_less_after_a_while() {
        assert_eq!(left(), None);
        let work = async {
            let before = left().unwrap();
            tokio::time::sleep(MOMENT).await;
            (before, left().unwrap())
        };
        let (before, after) = within(HOUR, work).await.unwrap();
        assert!(before <= HOUR && after + MOMENT <= before, "{before:?} {after:?}");
        assert_eq!(left(), None);
    }

    #[tokio::test]
    async fn work_ends_with_its_time() {
        assert_eq!(within(MOMENT, pending::<()>()).await, Err(Over { within: MOMENT }));
    }

    #[tokio::test]
    async fn a_part_has_no_more_time_than_the_whole() {
        let part = async { within(HOUR, pending::<()>()).await };
        assert!(matches!(within(MOMENT, part).await, Ok(Err(over)) | Err(over) if over.within <= MOMENT));
        let part = async { within(MOMENT, async { left() }).await };
        assert!(matches!(within(HOUR, part).await, Ok(Ok(Some(left))) if left <= MOMENT));
    }

    #[tokio::test]
    async fn what_is_done_at_once_is_done_also_without_time() {
        assert_eq!(within(Duration::ZERO, ready(7)).await, Ok(7));
        assert_eq!(within(Duration::ZERO, async { left() }).await, Ok(Some(Duration::ZERO)));
        assert_eq!(within(Duration::ZERO, pending::<()>()).await, Err(Over { within: Duration::ZERO }));
    }
}

use std::time::Duration;

use time::OffsetDateTime;

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

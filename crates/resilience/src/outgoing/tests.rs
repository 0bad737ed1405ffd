use std::collections::BTreeMap;
use std::future::pending;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use metrics::{Counter, Gauge, Histogram, Key, KeyName, Metadata, Recorder, SharedString, Unit};

use super::*;

const HOUR: Duration = Duration::from_secs(3600);
const MOMENT: Duration = Duration::from_millis(5);

fn outgoing(failures: u32, open_for: Duration) -> Outgoing {
    Outgoing::new("test", Settings { deadline: HOUR, failures, open_for, probes: 1 })
}

async fn fails() -> Result<(), &'static str> {
    Err("broken")
}

async fn works() -> Result<u8, &'static str> {
    Ok(7)
}

#[tokio::test]
async fn a_target_that_fails_is_left_alone() {
    let outgoing = outgoing(2, HOUR);
    for _ in 0..2 {
        assert_eq!(outgoing.run(fails).await, Err(CallError::Failed("broken")));
    }
    assert_eq!(outgoing.state(), State::Open);
    let called = AtomicU32::new(0);
    let counts = || async { Ok::<_, &str>(called.fetch_add(1, Ordering::Relaxed)) };
    assert!(matches!(outgoing.run(counts).await, Err(CallError::Refused { retry_after }) if retry_after <= HOUR));
    assert_eq!(called.into_inner(), 0, "it was not called");
}

#[tokio::test]
async fn a_probe_that_works_closes_the_breaker() {
    let outgoing = outgoing(1, Duration::ZERO);
    assert_eq!(outgoing.run(fails).await, Err(CallError::Failed("broken")));
    assert_eq!(outgoing.state(), State::Open);
    assert_eq!(outgoing.run(works).await, Ok(7));
    assert_eq!(outgoing.state(), State::Closed);
}

#[tokio::test]
async fn what_is_too_slow_counts_as_a_failure() {
    let outgoing = outgoing(1, HOUR);
    assert_eq!(outgoing.run_within(MOMENT, pending::<Result<(), &str>>).await, Err(CallError::Late(MOMENT)));
    assert_eq!(outgoing.state(), State::Open);
}

#[tokio::test]
async fn a_call_that_nobody_waits_for_says_nothing_of_the_target() {
    let outgoing = outgoing(1, Duration::ZERO);
    assert_eq!(outgoing.run(fails).await, Err(CallError::Failed("broken")));
    let probe = outgoing.run(pending::<Result<(), &str>>);
    assert!(tokio::time::timeout(MOMENT, probe).await.is_err(), "it gives up");
    assert_eq!(outgoing.run(works).await, Ok(7), "the next may probe");
}

fn retry(attempts: u32) -> Retry {
    Retry { attempts, first: MOMENT, longest: MOMENT, within: HOUR }
}

#[tokio::test]
async fn what_is_idempotent_is_tried_until_it_works() {
    let (outgoing, calls) = (outgoing(10, HOUR), AtomicU32::new(0));
    let third = || async { if calls.fetch_add(1, Ordering::Relaxed) == 2 { Ok("third") } else { Err("broken") } };
    assert_eq!(outgoing.run_idempotent(&retry(3), third).await, Ok("third"));
    assert_eq!(outgoing.run_idempotent(&retry(3), fails).await, Err(CallError::Failed("broken")));
    assert_eq!(calls.into_inner(), 3);
}

#[tokio::test]
async fn a_breaker_that_opens_ends_the_retry_with_what_was_seen_last() {
    let (outgoing, calls) = (outgoing(2, HOUR), AtomicU32::new(0));
    let call = || async { Err::<(), _>(calls.fetch_add(1, Ordering::Relaxed)) };
    assert_eq!(outgoing.run_idempotent(&retry(9), call).await, Err(CallError::Failed(1)));
    assert_eq!(calls.load(Ordering::Relaxed), 2);
    assert!(matches!(outgoing.run_idempotent(&retry(9), call).await, Err(CallError::Refused { .. })));
}

#[tokio::test]
async fn the_retry_ends_in_time_and_blames_nobody_for_it() {
    let outgoing = outgoing(1, HOUR);
    let short = Retry { within: MOMENT, ..retry(9) };
    let late = outgoing.run_idempotent(&short, pending::<Result<(), &str>>).await;
    assert!(matches!(late, Err(CallError::Late(after)) if after <= MOMENT));
    assert_eq!(outgoing.state(), State::Closed, "the target still had time");
}

#[tokio::test]
async fn no_call_takes_longer_than_what_is_left_of_the_request() {
    let outgoing = outgoing(1, HOUR);
    let call = async { outgoing.run(pending::<Result<(), &str>>).await };
    let late = deadline::within(HOUR, async { deadline::within(MOMENT, call).await }).await;
    assert!(matches!(late, Ok(Ok(Err(CallError::Late(_))) | Err(_))), "{late:?}");
    let retried = async { outgoing.run_idempotent(&retry(9), pending::<Result<(), &str>>).await };
    let late = deadline::within(MOMENT, retried).await;
    assert!(matches!(late, Ok(Err(CallError::Late(_))) | Err(_)), "{late:?}");
    assert_eq!(outgoing.state(), State::Closed, "the target still had time");
    assert_eq!(deadline::within(HOUR, outgoing.run(works)).await, Ok(Ok(7)));
}

#[tokio::test]
async fn nobody_is_called_when_the_request_has_no_time_left() {
    let (outgoing, called) = (outgoing(1, HOUR), AtomicU32::new(0));
    let counts = || async { Ok::<_, &str>(called.fetch_add(1, Ordering::Relaxed)) };
    let late = deadline::within(Duration::ZERO, outgoing.run(counts)).await;
    assert_eq!(late, Ok(Err(CallError::Late(Duration::ZERO))));
    assert_eq!(called.into_inner(), 0);
}

/// A time that a test moves.
#[derive(Debug, Default)]
struct Hands(AtomicU64);

impl Clock for Hands {
    fn now(&self) -> time::OffsetDateTime {
        time::OffsetDateTime::UNIX_EPOCH + Duration::from_secs(self.0.load(Ordering::Relaxed))
    }

    fn uuid(&self) -> uuid::Uuid {
        uuid::Uuid::nil()
    }

    fn secret(&self) -> uuid::Uuid {
        uuid::Uuid::nil()
    }
}

#[tokio::test]
async fn who_can_wait_asks_before_and_sees_when_the_time_has_come() {
    let hands = Arc::new(Hands::default());
    let outgoing = outgoing(1, HOUR).with_clock(hands.clone());
    assert_eq!(outgoing.refuses(), None);
    assert_eq!(outgoing.run(fails).await, Err(CallError::Failed("broken")));
    hands.0.store(60, Ordering::Relaxed);
    assert_eq!(outgoing.refuses(), Some(HOUR - Duration::from_secs(60)));
    hands.0.store(3600, Ordering::Relaxed);
    assert_eq!(outgoing.refuses(), None);
    assert_eq!(outgoing.run(works).await, Ok(7));
    assert_eq!(outgoing.state(), State::Closed);
}

/// Keeps what is told, by name and labels.
#[derive(Default)]
struct Told(Mutex<BTreeMap<String, Arc<AtomicU64>>>);

impl Told {
    fn register(&self, key: &Key) -> Arc<AtomicU64> {
        let labels: Vec<_> = key.labels().map(|label| format!("{}={}", label.key(), label.value())).collect();
        self.0.lock().unwrap().entry(format!("{} {}", key.name(), labels.join(" "))).or_default().clone()
    }

    fn value(&self, key: &str) -> u64 {
        self.0.lock().unwrap().get(key).map_or(0, |value| value.load(Ordering::Relaxed))
    }
}

impl Recorder for Told {
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        Counter::from_arc(self.register(key))
    }

    fn register_gauge(&self, key: &Key, _: &Metadata<'_>) -> Gauge {
        Gauge::from_arc(self.register(key))
    }

    fn register_histogram(&self, _: &Key, _: &Metadata<'_>) -> Histogram {
        Histogram::noop()
    }
}

#[tokio::test]
async fn every_call_is_told_once_with_its_outcome() {
    let told = Told::default();
    let _guard = metrics::set_default_local_recorder(&told);
    let calls = |outcome| told.value(&format!("outgoing_calls_total target=test outcome={outcome}"));
    let state = || f64::from_bits(told.value("breaker_state target=test"));
    let outgoing = outgoing(2, HOUR);
    _ = outgoing.run(works).await;
    _ = tokio::time::timeout(MOMENT, outgoing.run(pending::<Result<(), &str>>)).await;
    _ = outgoing.run(fails).await;
    assert!(state().abs() < 0.1, "closed is 0");
    _ = outgoing.run_within(MOMENT, pending::<Result<(), &str>>).await;
    _ = outgoing.run(works).await;
    assert_eq!(["ok", "abandoned", "failed", "late", "refused"].map(calls), [1; 5]);
    assert!((state() - 1.0).abs() < 0.1, "open is 1");
    let again = self::outgoing(9, HOUR);
    _ = again.run_idempotent(&retry(3), fails).await;
    assert_eq!(told.value("outgoing_retries_total target=test"), 2);
}

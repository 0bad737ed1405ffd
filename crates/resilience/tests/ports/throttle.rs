use std::time::Duration as Long;

use resilience::throttle::{InProcess, InRedis, Quota, Throttle, Verdict};
use time::{Duration, OffsetDateTime};

use crate::server::{Server, in_redis};

const QUOTA: Quota = Quota::new(3, Duration::seconds(10));

fn at(seconds: i64) -> OffsetDateTime {
    OffsetDateTime::UNIX_EPOCH + Duration::seconds(1_767_225_600 + seconds)
}

/// A throttle that waits for a slow machine.
fn in_redis(server: &Server) -> InRedis {
    InRedis::new(server.redis()).with_deadline(Long::from_secs(60))
}

/// A burst passes, and then one after each pause.
async fn limits(throttle: &dyn Throttle) {
    for _ in 0..3 {
        assert_eq!(throttle.hit("a", QUOTA, at(0)).await, Verdict::Allowed);
    }
    for (now, wait) in [(0, 10), (4, 6), (9, 1)] {
        let refused = Verdict::Refused { retry_after: Duration::seconds(wait) };
        assert_eq!(throttle.hit("a", QUOTA, at(now)).await, refused, "at {now}");
    }
    assert_eq!(throttle.hit("b", QUOTA, at(9)).await, Verdict::Allowed, "another key has its own count");
    assert_eq!(throttle.hit("a", QUOTA, at(10)).await, Verdict::Allowed);
    assert_eq!(throttle.hit("a", QUOTA, at(10)).await, Verdict::Refused { retry_after: Duration::seconds(10) });
}

/// Who waits long enough has the whole burst again, and no more.
async fn forgives(throttle: &dyn Throttle) {
    for start in [0, 30, 100_000] {
        for _ in 0..3 {
            assert_eq!(throttle.hit("c", QUOTA, at(start)).await, Verdict::Allowed, "at {start}");
        }
        assert_ne!(throttle.hit("c", QUOTA, at(start)).await, Verdict::Allowed, "at {start}");
    }
}

/// Quotas at the edge: none at once counts as one, no pause limits nothing.
async fn knows_edges(throttle: &dyn Throttle) {
    let none = Quota::new(0, Duration::seconds(1));
    assert_eq!(throttle.hit("d", none, at(0)).await, Verdict::Allowed);
    assert_eq!(throttle.hit("d", none, at(0)).await, Verdict::Refused { retry_after: Duration::seconds(1) });
    for _ in 0..10 {
        assert_eq!(throttle.hit("e", Quota::new(1, Duration::ZERO), at(0)).await, Verdict::Allowed);
    }
}

#[tokio::test]
async fn the_throttle_in_the_process_behaves() {
    let throttle = InProcess::default();
    limits(&throttle).await;
    forgives(&throttle).await;
    knows_edges(&throttle).await;
}

in_redis!(the_throttle_in_redis_behaves, both_decide_alike, processes_share_a_quota_however_they_race);

async fn the_throttle_in_redis_behaves(server: Server) {
    let throttle = in_redis(&server);
    limits(&throttle).await;
    forgives(&throttle).await;
    knows_edges(&throttle).await;
    server.clear().await;
}

async fn both_decide_alike(server: Server) {
    let (here, there) = (InProcess::default(), in_redis(&server));
    let quota = Quota::new(4, Duration::microseconds(777_777));
    // A fixed pseudo-random walk.
    let (mut now, mut noise, mut refused) = (at(0), 1_u64, 0);
    for step in 0..500 {
        noise = noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        now += Duration::microseconds(i64::try_from(noise >> 44).unwrap());
        let verdict = here.hit("a", quota, now).await;
        assert_eq!(there.hit("a", quota, now).await, verdict, "step {step}");
        refused += usize::from(verdict != Verdict::Allowed);
    }
    assert!((100..400).contains(&refused), "the walk says something: {refused}");
    server.clear().await;
}

async fn processes_share_a_quota_however_they_race(server: Server) {
    let throttles = [in_redis(&server), in_redis(&server)];
    let hits = (0..20).map(|hit| throttles[hit % 2].hit("a", QUOTA, at(0)));
    let verdicts = futures::future::join_all(hits).await;
    assert_eq!(verdicts.iter().filter(|verdict| **verdict == Verdict::Allowed).count(), 3);
    server.clear().await;
}

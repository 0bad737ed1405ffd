use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use kernel::Clock;
use resilience::lock::{InProcess, InRedis, Locks, NoLease};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::server::{Server, eventually, in_redis};

const LONG: Duration = Duration::from_secs(60);
const SECOND: Duration = Duration::from_secs(1);

/// A clock that the test moves.
#[derive(Debug, Default)]
struct Seconds(AtomicI64);

impl Clock for Seconds {
    fn now(&self) -> OffsetDateTime {
        OffsetDateTime::UNIX_EPOCH + time::Duration::seconds(self.0.load(Ordering::Relaxed))
    }

    fn uuid(&self) -> Uuid {
        Uuid::nil()
    }

    fn secret(&self) -> Uuid {
        Uuid::nil()
    }
}

/// What all locks must do. `pass` lets a little time pass.
async fn behaves(locks: &dyn Locks, pass: impl Fn()) {
    let lease = locks.acquire("a", LONG).await.unwrap();
    assert_eq!(lease.name(), "a");
    assert_eq!(locks.acquire("a", LONG).await, Err(NoLease::Held), "somebody holds it");
    assert!(locks.acquire("b", LONG).await.is_ok(), "another name is another lock");
    assert_eq!(locks.renew(&lease, LONG).await, Ok(()));
    locks.release(lease.clone()).await;
    assert_eq!(locks.renew(&lease, LONG).await, Err(NoLease::Held), "it was given back");
    let next = locks.acquire("a", LONG).await.unwrap();
    assert!(next.token() > lease.token());
    assert_eq!(locks.renew(&lease, LONG).await, Err(NoLease::Held), "it is somebody else's by now");
    locks.release(lease).await;
    assert_eq!(locks.acquire("a", LONG).await, Err(NoLease::Held), "what is somebody else's is not given back");

    // A lifetime ends a lease, unless it was renewed meanwhile.
    let (renewed, forgotten) = (locks.acquire("c", SECOND).await.unwrap(), locks.acquire("d", SECOND).await.unwrap());
    assert_eq!(locks.renew(&renewed, LONG).await, Ok(()));
    eventually("its lifetime is over", async || {
        pass();
        locks.acquire("d", LONG).await.is_ok_and(|lease| lease.token() > forgotten.token())
    })
    .await;
    assert_eq!(locks.renew(&forgotten, LONG).await, Err(NoLease::Held));
    assert_eq!(locks.acquire("c", LONG).await, Err(NoLease::Held), "it was renewed");

    let attempts = futures::future::join_all((0..20).map(|_| locks.acquire("e", LONG))).await;
    assert_eq!(attempts.into_iter().flatten().count(), 1, "one gets it");
}

#[tokio::test]
async fn locks_in_the_process_behave() {
    let clock = Arc::new(Seconds::default());
    let pass = || _ = clock.0.fetch_add(1, Ordering::Relaxed);
    behaves(&InProcess::new(clock.clone()), pass).await;
}

in_redis!(locks_in_redis_behave, processes_share_locks_in_redis);

async fn locks_in_redis_behave(server: Server) {
    behaves(&InRedis::new(server.redis()).with_deadline(LONG), || ()).await;
    server.clear().await;
}

async fn processes_share_locks_in_redis(server: Server) {
    let (one, other) =
        (InRedis::new(server.redis()).with_deadline(LONG), InRedis::new(server.redis()).with_deadline(LONG));
    let lease = one.acquire("a", LONG).await.unwrap();
    assert_eq!(other.acquire("a", LONG).await, Err(NoLease::Held));
    one.release(lease.clone()).await;
    assert!(other.acquire("a", LONG).await.unwrap().token() > lease.token());
    server.clear().await;
}

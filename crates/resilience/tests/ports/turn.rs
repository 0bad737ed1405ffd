use std::future::{pending, ready};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use kernel::SystemClock;
use resilience::lock::{InProcess, InRedis, Lease, Locks, NoLease, Turn};

use crate::server::{Server, eventually, in_redis};

const LONG: Duration = Duration::from_secs(60);
const SHORT: Duration = Duration::from_millis(300);

async fn works(turn: &Turn) -> bool {
    turn.run(ready(())).await.is_some()
}

/// One of two works; the other takes over when it leaves, or dies.
async fn one_works_and_the_other_takes_over([one, other]: [Arc<dyn Locks>; 2]) {
    let [first, second] = [&one, &other].map(|locks| Turn::new(locks.clone(), "a", LONG));
    for _ in 0..3 {
        assert!(works(&first).await && !works(&second).await, "whoever has the turn keeps it");
    }
    let elsewhere = Turn::new(other.clone(), "b", LONG);
    assert!(works(&elsewhere).await, "another name is another turn");
    first.leave().await;
    assert!(works(&second).await && !works(&first).await, "left at once");

    let dies = Turn::new(one.clone(), "c", SHORT);
    let stands_by = Turn::new(other.clone(), "c", SHORT);
    assert!(works(&dies).await);
    drop(dies);
    eventually("the other takes over", async || works(&stands_by).await).await;
}

/// Somebody else has the turn by now: the work goes on to its end, and the next piece is theirs.
async fn who_lost_the_turn_stands_by([one, other]: [Arc<dyn Locks>; 2]) {
    let paused = Turn::new(one, "e", SHORT);
    assert!(works(&paused).await);
    let taken = Turn::new(other, "e", LONG);
    eventually("its lifetime is over", async || works(&taken).await).await;
    assert!(!works(&paused).await);
    assert!(works(&taken).await);
}

/// Work that is given up is no turn that is given up.
async fn who_gives_up_keeps_the_turn([one, other]: [Arc<dyn Locks>; 2]) {
    let [first, second] = [one, other].map(|locks| Turn::new(locks, "f", LONG));
    assert!(tokio::time::timeout(SHORT, first.run(pending::<()>())).await.is_err());
    assert!(!works(&second).await && works(&first).await);
}

async fn behaves(make: impl Fn() -> [Arc<dyn Locks>; 2]) {
    one_works_and_the_other_takes_over(make()).await;
    who_lost_the_turn_stands_by(make()).await;
    who_gives_up_keeps_the_turn(make()).await;
}

#[tokio::test]
async fn turns_in_the_process_behave() {
    let locks: Arc<dyn Locks> = Arc::new(InProcess::new(Arc::new(SystemClock)));
    behaves(|| [locks.clone(), locks.clone()]).await;
}

in_redis!(turns_in_redis_behave);

async fn turns_in_redis_behave(server: Server) {
    behaves(|| [(), ()].map(|()| Arc::new(InRedis::new(server.redis()).with_deadline(LONG)) as Arc<dyn Locks>)).await;
    server.clear().await;
}

/// Locks that count how often a lease was renewed, and may be out of reach for that.
#[derive(Debug)]
struct Renewals(InProcess, AtomicUsize, AtomicBool);

impl Renewals {
    fn new() -> Arc<Self> {
        Arc::new(Self(InProcess::new(Arc::new(SystemClock)), AtomicUsize::default(), AtomicBool::default()))
    }
}

#[async_trait::async_trait]
impl Locks for Renewals {
    async fn acquire(&self, name: &str, lifetime: Duration) -> Result<Lease, NoLease> {
        self.0.acquire(name, lifetime).await
    }

    async fn renew(&self, lease: &Lease, lifetime: Duration) -> Result<(), NoLease> {
        if self.2.load(Ordering::Relaxed) {
            return Err(NoLease::Away);
        }
        self.1.fetch_add(1, Ordering::Relaxed);
        self.0.renew(lease, lifetime).await
    }

    async fn release(&self, lease: Lease) {
        self.0.release(lease).await;
    }
}

#[tokio::test]
async fn work_that_takes_longer_than_the_lifetime_renews_it() {
    let locks = Renewals::new();
    let slow = Turn::new(locks.clone(), "d", SHORT);
    let work = slow.run(async {
        while locks.1.load(Ordering::Relaxed) <= 3 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    });
    assert_eq!(tokio::time::timeout(LONG, work).await.expect("it is renewed again and again"), Some(()));
}

#[tokio::test]
async fn a_turn_outlives_a_moment_in_which_nobody_can_know_whose_it_is() {
    let locks = Renewals::new();
    let [first, second] = [(), ()].map(|()| Turn::new(locks.clone(), "g", LONG));
    assert!(works(&first).await);
    locks.2.store(true, Ordering::Relaxed);
    assert!(works(&first).await, "work that is done twice is better than none");
    locks.2.store(false, Ordering::Relaxed);
    assert!(works(&first).await && !works(&second).await, "it is still the first one's");
    first.leave().await;
    assert!(works(&second).await, "and can be left");
}

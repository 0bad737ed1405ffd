use std::time::Duration;

use resilience::counters::{Count, Counters, InProcess, InRedis};

use crate::server::{Server, eventually, in_redis};

const LONG: Duration = Duration::from_secs(60);

fn count(version: i64, amount: i64) -> Count {
    Count { version, amount, low: 5 }
}

fn named(name: &str, of: Count) -> (String, Count) {
    (name.to_owned(), of)
}

async fn read<const N: usize>(counters: &dyn Counters, names: [&str; N]) -> Vec<Option<Count>> {
    counters.read(&names.map(str::to_owned)).await.expect("the counters are there")
}

/// What all counters must do.
async fn behaves(counters: &dyn Counters) {
    assert_eq!(read(counters, ["a", "b"]).await, [None, None], "nothing was kept yet");
    assert_eq!(read(counters, []).await, []);
    counters.keep(&[]).await;
    counters.keep(&[named("a", count(2, 7)), named("b", count(1, 0))]).await;
    let both = [Some(count(1, 0)), None, Some(count(2, 7)), Some(count(1, 0))];
    assert_eq!(
        read(counters, ["b", "c", "a", "b"]).await,
        both,
        "in the order of the names, and each as often as asked"
    );

    counters.keep(&[named("a", count(1, 9)), named("b", count(2, 3))]).await;
    assert_eq!(
        read(counters, ["a", "b"]).await,
        [Some(count(2, 7)), Some(count(2, 3))],
        "what is late changes nothing"
    );
    counters.keep(&[named("a", count(2, 8))]).await;
    assert_eq!(read(counters, ["a"]).await, [Some(count(2, 7))], "nor does another count of the same version");
    counters.keep(&[named("a", count(9, 1)), named("a", count(10, 2)), named("a", count(8, 3))]).await;
    let (large, low) = (1 << 52, Count { version: 1 << 52, amount: i64::MAX, low: i64::MIN });
    counters.keep(&[named("large", low), named("large", count(large - 1, 1))]).await;
    assert_eq!(read(counters, ["a", "large"]).await, [Some(count(10, 2)), Some(low)], "versions are numbers");
}

/// Whoever comes in whichever order: the newest stays.
async fn the_newest_stays_however_they_race(counters: &dyn Counters) {
    let keeps = (1..=50).map(|step| async move {
        let version = step * 37 % 50 + 1;
        counters.keep(&[named("raced", count(version, version))]).await;
    });
    futures::future::join_all(keeps).await;
    assert_eq!(read(counters, ["raced"]).await, [Some(count(50, 50))]);
}

/// Many at once, as a page of products asks for them.
async fn many_are_kept_and_read_at_once(counters: &dyn Counters) {
    let many: Vec<_> = (0..500).map(|of| (format!("of many {of}"), count(1, of))).collect();
    counters.keep(&many).await;
    let names: Vec<String> = many.iter().map(|(name, _)| name.clone()).collect();
    let found = counters.read(&names).await.unwrap();
    assert_eq!(found, many.iter().map(|(_, of)| Some(*of)).collect::<Vec<_>>());
}

/// A lifetime begins with the version and is not prolonged by what comes twice.
async fn forgets(counters: &dyn Counters) {
    counters.keep(&[named("short", count(3, 1))]).await;
    eventually("its lifetime is over, though it comes again and again", async || {
        let gone = read(counters, ["short"]).await == [None];
        if !gone {
            counters.keep(&[named("short", count(3, 1))]).await;
        }
        gone
    })
    .await;
    counters.keep(&[named("short", count(2, 4))]).await;
    assert_eq!(read(counters, ["short"]).await, [Some(count(2, 4))], "what was lost is put back as it was read");
}

#[tokio::test]
async fn counters_in_the_process_behave() {
    let counters = InProcess::new(LONG);
    behaves(&counters).await;
    the_newest_stays_however_they_race(&counters).await;
    many_are_kept_and_read_at_once(&counters).await;
    forgets(&InProcess::new(Duration::from_millis(300))).await;
}

in_redis!(counters_in_redis_behave, processes_share_counters_in_redis);

async fn counters_in_redis_behave(server: Server) {
    let counters = InRedis::new(server.redis(), LONG).with_deadline(LONG);
    behaves(&counters).await;
    the_newest_stays_however_they_race(&counters).await;
    many_are_kept_and_read_at_once(&counters).await;
    forgets(&InRedis::new(server.redis(), Duration::from_millis(300)).with_deadline(LONG)).await;
    server.clear().await;
}

async fn processes_share_counters_in_redis(server: Server) {
    let [one, other] = [(), ()].map(|()| InRedis::new(server.redis(), LONG).with_deadline(LONG));
    one.keep(&[named("a", count(2, 7))]).await;
    other.keep(&[named("a", count(1, 9))]).await;
    assert_eq!(read(&other, ["a"]).await, [Some(count(2, 7))]);
    server.clear().await;
}

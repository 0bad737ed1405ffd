use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use chassis::Notifications;
use kernel::{Clock, SystemClock};
use resilience::Redis;
use resilience::lock::{InProcess, InRedis, Lease, Locks, NoLease};
use search::{Index, Resources, Server};
use serde_json::json;
use sqlx::PgPool;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::place::Place;
use crate::shop::{Shop, product};

/// The locks as one replica sees them, until it dies: without a word, and without giving anything back.
#[derive(Debug)]
struct Replica {
    locks: Arc<dyn Locks>,
    dead: AtomicBool,
    got: AtomicUsize,
    stood_by: AtomicUsize,
}

impl Replica {
    fn new(locks: Arc<dyn Locks>) -> Arc<Self> {
        Arc::new(Self { locks, dead: false.into(), got: 0.into(), stood_by: 0.into() })
    }

    fn got(&self) -> usize {
        self.got.load(Ordering::Relaxed)
    }

    fn stood_by(&self) -> usize {
        self.stood_by.load(Ordering::Relaxed)
    }
}

#[async_trait]
impl Locks for Replica {
    async fn acquire(&self, name: &str, lifetime: Duration) -> Result<Lease, NoLease> {
        if self.dead.load(Ordering::Relaxed) {
            return Err(NoLease::Held);
        }
        let acquired = self.locks.acquire(name, lifetime).await;
        // That of orders is another turn.
        if !name.contains("orders") {
            let count = if acquired.is_ok() { &self.got } else { &self.stood_by };
            count.fetch_add(1, Ordering::Relaxed);
        }
        acquired
    }

    async fn renew(&self, lease: &Lease, lifetime: Duration) -> Result<(), NoLease> {
        if self.dead.load(Ordering::Relaxed) {
            return Err(NoLease::Held);
        }
        self.locks.renew(lease, lifetime).await
    }

    async fn release(&self, lease: Lease) {
        if !self.dead.load(Ordering::Relaxed) {
            self.locks.release(lease).await;
        }
    }
}

pub async fn eventually(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let wait = async {
        while !is_so().await {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(search::TURN + Duration::from_secs(30), wait)
        .await
        .unwrap_or_else(|_| panic!("never: {what}"));
}

/// Whether the index, and not the database in its place, finds so many products.
async fn finds(shop: &Shop, products: u128) -> bool {
    let page = shop.search(json!({ "q": "lamp" })).await;
    page["degraded"] == false && page["totalCount"].as_u64().map(u128::from) == Some(products)
}

/// Starts the service's own work.
pub fn start(resources: &Resources, locks: Arc<dyn Locks>, stop: &CancellationToken) -> Vec<JoinHandle<()>> {
    let service = search::service(&Resources { locks, ..resources.clone() });
    let notifications = Notifications::over(resources.pool.clone());
    service.tasks.into_iter().map(|task| task.spawn(stop.clone(), &notifications)).collect()
}

/// Two replicas with one index: one indexes and the other stands by, until the first dies, or leaves.
async fn one_of_two_replicas_indexes(pool: PgPool, locks: [Arc<dyn Locks>; 2]) {
    let place = Place::on_server().await;
    let mut shop = Shop::open_at(pool, place.at.clone()).await;
    let [first, second] = locks.map(Replica::new);
    let (first_stops, second_stops) = (CancellationToken::new(), CancellationToken::new());
    let mut running = start(&shop.resources, first.clone(), &first_stops);
    eventually("the first has the turn", async || first.got() == 1).await;
    let others = start(&shop.resources, second.clone(), &second_stops);
    for id in 1..=3 {
        shop.publish(product(id, "Lamp")).await;
        eventually("it is found", async || finds(&shop, id).await).await;
    }
    eventually("the second looks for work", async || second.stood_by() > 1).await;
    assert_eq!(second.got(), 0, "the first did all of it");

    first.dead.store(true, Ordering::Relaxed);
    // Until its turn is over the first may still work, or both while a lock is late: what is found does not say who did it.
    eventually("the second has taken over", async || second.got() == 1).await;
    shop.publish(product(4, "Lamp")).await;
    eventually("it is found", async || finds(&shop, 4).await).await;

    let third = Replica::new(first.locks.clone());
    running.extend(start(&shop.resources, third.clone(), &first_stops));
    eventually("the third stands by", async || third.stood_by() > 0).await;
    second_stops.cancel();
    for task in others {
        task.await.unwrap();
    }
    shop.publish(product(5, "Lamp")).await;
    eventually("the third has taken over", async || finds(&shop, 5).await).await;
    first_stops.cancel();
    for task in running {
        task.await.unwrap();
    }
    place.remove().await;
}

/// A replica that reaches the locks and not the index must not keep the others from it.
#[sqlx::test(migrations = false)]
async fn a_replica_that_cannot_index_leaves_it_to_another(pool: PgPool) {
    let place = Place::on_server().await;
    let mut shop = Shop::open_at(pool, place.at.clone()).await;
    let nowhere = Server::new(&"http://127.0.0.1:1".to_owned().into(), "nowhere-", 0).unwrap();
    let locks: Arc<dyn Locks> = Arc::new(InProcess::new(Arc::new(SystemClock)));
    let [cannot, can] = [(), ()].map(|()| Replica::new(locks.clone()));
    let stop = CancellationToken::new();
    let lost = Resources { index: Index::OpenSearch(nowhere), ..shop.resources.clone() };
    let mut running = start(&lost, cannot.clone(), &stop);
    eventually("the first has had the turn", async || cannot.got() > 0).await;
    running.extend(start(&shop.resources, can.clone(), &stop));
    shop.publish(product(1, "Lamp")).await;
    eventually("the second indexes", async || finds(&shop, 1).await).await;
    assert!(can.got() > 0);
    stop.cancel();
    for task in running {
        task.await.unwrap();
    }
    place.remove().await;
}

#[sqlx::test(migrations = false)]
async fn one_of_two_replicas_indexes_by_locks_of_the_process(pool: PgPool) {
    let locks: Arc<dyn Locks> = Arc::new(InProcess::new(Arc::new(SystemClock)));
    one_of_two_replicas_indexes(pool, [locks.clone(), locks]).await;
}

#[sqlx::test(migrations = false)]
async fn one_of_two_replicas_indexes_by_locks_in_redis(pool: PgPool) {
    let url = std::env::var("REDIS_URL").expect("REDIS_URL must name a Redis: run `scripts/servers up`");
    let prefix = format!("test-{}", SystemClock.secret());
    let connect = || Redis::connect(&url.clone().into(), prefix.clone()).unwrap();
    let locks =
        [(), ()].map(|()| Arc::new(InRedis::new(connect()).with_deadline(Duration::from_secs(10))) as Arc<dyn Locks>);
    one_of_two_replicas_indexes(pool, locks).await;
}

/// Locks whose server is away.
#[derive(Debug)]
struct Gone;

#[async_trait]
impl Locks for Gone {
    async fn acquire(&self, _: &str, _: Duration) -> Result<Lease, NoLease> {
        Err(NoLease::Away)
    }

    async fn renew(&self, _: &Lease, _: Duration) -> Result<(), NoLease> {
        Err(NoLease::Away)
    }

    async fn release(&self, _: Lease) {}
}

/// Nobody hands out turns, so each indexes, the first index as well as what changes: the work is done twice and the index is right.
#[sqlx::test(migrations = false)]
async fn without_locks_each_replica_indexes_and_what_is_found_is_right(pool: PgPool) {
    let place = Place::on_server().await;
    let mut shop = Shop::open_at(pool, place.at.clone()).await;
    let [first, second] = [(), ()].map(|()| Replica::new(Arc::new(Gone)));
    let (first_stops, second_stops) = (CancellationToken::new(), CancellationToken::new());
    let ones = start(&shop.resources, first.clone(), &first_stops);
    let others = start(&shop.resources, second.clone(), &second_stops);
    for id in 1..=20 {
        shop.publish(product(id, "Lamp")).await;
    }
    eventually("all are found, each once", async || finds(&shop, 20).await).await;
    assert!(first.stood_by() > 0 && second.stood_by() > 0, "both asked in vain");

    // Each had been indexing, and goes on at once without the other.
    first_stops.cancel();
    for task in ones {
        task.await.unwrap();
    }
    shop.publish(product(21, "Lamp")).await;
    eventually("the second indexes it", async || finds(&shop, 21).await).await;
    second_stops.cancel();
    for task in others {
        task.await.unwrap();
    }
    assert_eq!(place.names("products").await.len(), 1, "one index, however many made one");
    place.remove().await;
}

//! Nothing is lost, doubled or out of order, whatever happens.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use kernel::SystemClock;
use messaging::{Consumer, EmbeddedBus, Handlers, Relay, RetryPolicy};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::notes::{Failing, Noted};
use crate::on_both_buses;
use crate::proxy::Proxy;
use crate::support::{World, until};

on_both_buses! {
    two_relays_and_three_consumers_keep_the_order_of_every_aggregate,
}

/// While two relays and three replicas of a consumer run, messages fail, replicas are replaced and connections are lost.
async fn two_relays_and_three_consumers_keep_the_order_of_every_aggregate(mut world: World) {
    let proxy = match &world.broker {
        None => {
            world.bus = Arc::new(EmbeddedBus::new(Arc::new(SystemClock)));
            None
        }
        Some(broker) => {
            let proxy = Proxy::before(&broker.url).await;
            world.bus = Arc::new(broker.connect_through(&proxy.url).await);
            Some(proxy)
        }
    };
    let mut random = StdRng::seed_from_u64(7);
    let retry = RetryPolicy { attempts: 1000, first: Duration::from_millis(5), longest: Duration::from_millis(50) };
    let replica = async || {
        let consumer = Consumer::new("readers", "readers", world.pool.clone(), Arc::new(SystemClock));
        let consumer = consumer.with(&Handlers::default().on::<Noted>(), &world.write).retry(retry);
        let (stop, worker) = (CancellationToken::new(), consumer.attach(&*world.bus).await.unwrap());
        (stop.clone(), tokio::spawn(worker.run(stop)))
    };
    let (stop, mut relays, mut replicas) = (CancellationToken::new(), vec![], VecDeque::new());
    for _ in 0..2 {
        relays.push(tokio::spawn(
            Relay::new("notes", world.pool.clone(), world.bus.clone()).run(stop.clone(), world.heard()),
        ));
        replicas.push_back(replica().await);
    }
    let mut written = 0;
    for round in 0..20 {
        replicas.push_back(replica().await);
        for _ in 0..random.random_range(1..6) {
            let notes: Vec<_> =
                (0..random.random_range(1..40)).map(|i| (random.random_range(1..30_u128), written + i)).collect();
            for _ in 0..2 {
                let bad = written + random.random_range(0..notes.len() as i64);
                world.fail(bad, Failing::Times(random.random_range(1..5)));
            }
            written += notes.len() as i64;
            world.put(&notes).await;
            sleep(Duration::from_millis(random.random_range(0..20))).await;
        }
        if let Some(proxy) = proxy.as_ref().filter(|_| round % 5 == 0) {
            proxy.cut();
        }
        // The oldest replica, which has the broker's queue, leaves.
        let (stop, oldest) = replicas.pop_front().unwrap();
        stop.cancel();
        oldest.await.unwrap();
    }
    until(async || world.count("readers.effect").await == written).await;
    stop.cancel();
    for relay in relays {
        relay.await.unwrap();
    }
    for (stop, replica) in replicas {
        stop.cancel();
        replica.await.unwrap();
    }
    let effects: Vec<(Uuid, i64)> = sqlx::query_as("select note, number from readers.effect order by position")
        .fetch_all(&world.pool)
        .await
        .unwrap();
    assert_eq!(effects.len() as i64, written, "each once");
    let mut last = HashMap::new();
    for (note, number) in effects {
        let before = last.insert(note, number);
        assert!(before < Some(number), "{number} after {before:?}");
    }
    assert_eq!(world.count("bus.message").await, 0);
}

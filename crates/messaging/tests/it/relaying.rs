//! From the outbox into the queues.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use events::Envelope;
use messaging::{Bus, BusError, Consumer, Outbox, Relay, Worker};
use sqlx::postgres::PgListener;
use sqlx::{PgConnection, PgPool};
use tokio::sync::Semaphore;
use uuid::Uuid;

use crate::notes::Noted;
use crate::on_both_buses;
use crate::support::World;

on_both_buses! {
    an_event_is_published_if_and_only_if_its_change_commits,
    a_relay_that_dies_before_its_commit_neither_loses_nor_doubles_events,
}

async fn an_event_is_published_if_and_only_if_its_change_commits(world: World) {
    let mut worker = world.worker().await;
    world.put(&[(1, 1)]).await;
    let mut tx = world.pool.begin().await.unwrap();
    let event = Noted { note: Uuid::from_u128(1), number: 2 };
    Outbox::new("notes").put(&mut tx, world.clock.as_ref(), &event).await.unwrap();
    tx.rollback().await.unwrap();
    world.publish().await;
    world.work(&mut worker).await;
    assert_eq!(world.effects().await, [1]);
    assert_eq!(world.count("notes.outbox").await, 0);
}

#[sqlx::test(migrations = false)]
async fn a_commit_notifies_the_relay_once_per_statement(pool: PgPool) {
    let world = World::embedded(pool).await;
    let mut listener = PgListener::connect_with(&world.pool).await.unwrap();
    listener.listen("notes_outbox").await.unwrap();
    world.put(&[(1, 1), (1, 2)]).await;
    assert_eq!(listener.recv().await.unwrap().channel(), "notes_outbox");
    assert!(listener.next_buffered().is_none(), "equal notifications of a transaction are one");
}

/// Takes the batch and then fails, as when the process dies before the commit.
struct Dying(Arc<dyn Bus>);

#[async_trait]
impl Bus for Dying {
    async fn publish(&self, conn: &mut PgConnection, batch: &[Envelope]) -> Result<(), BusError> {
        self.0.publish(conn, batch).await?;
        Err(BusError::new("died"))
    }
    fn wake(&self, _: &[Envelope]) {
        panic!("nothing was published");
    }
    async fn subscribe(&self, pool: &PgPool, queue: &'static str, kinds: &[&'static str]) -> Result<(), BusError> {
        self.0.subscribe(pool, queue, kinds).await
    }
    async fn attach(&self, consumer: Consumer) -> Result<Worker, BusError> {
        self.0.attach(consumer).await
    }
}

async fn a_relay_that_dies_before_its_commit_neither_loses_nor_doubles_events(world: World) {
    let mut worker = world.worker().await;
    world.put(&[(1, 1), (2, 2)]).await;
    let dying = Relay::new("notes", world.pool.clone(), Arc::new(Dying(world.bus.clone())));
    assert_eq!(dying.pass().await.unwrap_err().to_string(), "cannot publish: died");
    assert_eq!(world.count("notes.outbox").await, 2);
    if world.broker.is_some() {
        // The broker has them already.
        world.coming.store(2, Ordering::SeqCst);
    } else {
        assert_eq!(world.count("bus.message").await, 0);
    }
    world.publish().await;
    world.work(&mut worker).await;
    assert_eq!(world.effects().await, [1, 2]);
}

/// Records batches; each waits for a permit.
struct Gate {
    permits: Semaphore,
    batches: Mutex<Vec<Vec<Envelope>>>,
}

#[async_trait]
impl Bus for Gate {
    async fn publish(&self, _: &mut PgConnection, batch: &[Envelope]) -> Result<(), BusError> {
        self.batches.lock().unwrap().push(batch.to_vec());
        self.permits.acquire().await.map_err(BusError::new)?.forget();
        Ok(())
    }
    fn wake(&self, _: &[Envelope]) {}
    async fn subscribe(&self, _: &PgPool, _: &'static str, _: &[&'static str]) -> Result<(), BusError> {
        Err(BusError::new("this one only publishes"))
    }
    async fn attach(&self, _: Consumer) -> Result<Worker, BusError> {
        Err(BusError::new("this one only publishes"))
    }
}

#[sqlx::test(migrations = false)]
async fn two_relays_share_a_backlog_and_never_an_aggregate(pool: PgPool) {
    let world = World::embedded(pool).await;
    let notes: Vec<(u128, i64)> = (0..1024).map(|number| (u128::from(number as u64 % 16), number)).collect();
    world.put(&notes).await;
    let gate = Arc::new(Gate { permits: Semaphore::new(0), batches: Mutex::default() });
    let relays = [0, 1].map(|_| Relay::new("notes", world.pool.clone(), gate.clone()));
    // Both are inside their transaction before either may end it.
    let open = async {
        while gate.batches.lock().unwrap().len() < 2 {
            tokio::task::yield_now().await;
        }
        gate.permits.add_permits(2);
    };
    let (one, two, ()) = tokio::join!(relays[0].pass(), relays[1].pass(), open);
    assert_eq!((one.unwrap(), two.unwrap()), (256, 256));
    let batches = gate.batches.lock().unwrap();
    assert!(batches[0].iter().all(|a| batches[1].iter().all(|b| a.subject != b.subject)));
}

//! Events that go straight into the queues, with no relay between.

use std::sync::Arc;
use std::time::Duration;

use events::Event;
use messaging::{Consumer, EmbeddedBus, Handlers, Outbox};
use sqlx::PgPool;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::grants::{own_schema, restricted};
use crate::notes::Noted;
use crate::support::{World, until};

fn note(note: u128, number: i64) -> Noted {
    Noted { note: Uuid::from_u128(note), number }
}

#[sqlx::test(migrations = false)]
async fn an_event_is_in_the_queue_if_and_only_if_its_change_commits(pool: PgPool) {
    let world = World::embedded(pool).await;
    let mut worker = world.worker().await;
    let outbox = Outbox::into_queues("notes");
    for (number, commits) in [(1, true), (2, false), (3, true)] {
        let mut tx = world.pool.begin().await.unwrap();
        outbox.put(&mut tx, world.clock.as_ref(), &note(1, number)).await.unwrap();
        if commits { tx.commit().await.unwrap() } else { tx.rollback().await.unwrap() }
    }
    assert_eq!((world.count("notes.outbox").await, world.count("bus.message").await), (0, 2));
    world.work(&mut worker).await;
    assert_eq!(world.effects().await, [1, 3]);
}

#[sqlx::test(migrations = false)]
async fn what_no_queue_wants_goes_nowhere(pool: PgPool) {
    let world = World::embedded(pool).await;
    let mut conn = world.pool.acquire().await.unwrap();
    Outbox::into_queues("notes").put(&mut conn, world.clock.as_ref(), &note(1, 1)).await.unwrap();
    assert_eq!((world.count("notes.outbox").await, world.count("bus.message").await), (0, 0));
}

#[sqlx::test(migrations = false)]
async fn the_role_of_a_service_may_do_it_and_the_envelope_names_the_service(pool: PgPool) {
    let world = World::embedded(pool).await;
    let _worker = world.worker().await;
    let rights = |role: &str| own_schema("notes", role) + &messaging::embedded::grants(role, "notes");
    let notes = restricted(&world, "straight", rights).await;
    let mut conn = notes.acquire().await.unwrap();
    Outbox::into_queues("notes").put(&mut conn, world.clock.as_ref(), &note(7, 1)).await.unwrap();
    let (subject, kind, source): (Uuid, String, String) =
        sqlx::query_as("select subject, envelope ->> 'type', envelope ->> 'source' from bus.message")
            .fetch_one(&world.pool)
            .await
            .unwrap();
    assert_eq!((subject, kind.as_str(), source.as_str()), (Uuid::from_u128(7), Noted::NAME, "notes"));
}

#[sqlx::test(migrations = false)]
async fn a_running_consumer_hears_of_it_at_once(pool: PgPool) {
    let mut world = World::embedded(pool).await;
    let bus = Arc::new(EmbeddedBus::new(world.clock.clone()));
    world.bus = bus.clone();
    let (stop, heard) = (CancellationToken::new(), world.heard());
    let worker = tokio::spawn(world.worker().await.run(stop.clone()));
    let follower = tokio::spawn(async move { bus.follow(&heard).await });
    // Without hearing it would look once a second.
    let told = tokio::time::timeout(Duration::from_secs(15), async {
        for number in 1..=30 {
            let mut tx = world.pool.begin().await.unwrap();
            Outbox::into_queues("notes").put(&mut tx, world.clock.as_ref(), &note(1, number)).await.unwrap();
            tx.commit().await.unwrap();
            until(async || world.effects().await.len() as i64 == number).await;
        }
    });
    told.await.expect("it is woken");
    stop.cancel();
    worker.await.unwrap();
    follower.abort();
    assert_eq!(world.effects().await, (1..=30).collect::<Vec<i64>>());
}

#[sqlx::test(migrations = false)]
async fn who_gathers_lets_the_first_message_wait_for_nothing_and_a_stop_for_nobody(pool: PgPool) {
    let mut world = World::embedded(pool).await;
    let bus = Arc::new(EmbeddedBus::new(world.clock.clone()));
    world.bus = bus.clone();
    let (stop, heard) = (CancellationToken::new(), world.heard());
    let consumer = Consumer::new("readers", "readers", world.pool.clone(), world.clock.clone())
        .with(&Handlers::default().on::<Noted>(), &world.write)
        .gather(Duration::from_secs(3600));
    let worker = tokio::spawn(consumer.attach(&*world.bus).await.unwrap().run(stop.clone()));
    let follower = tokio::spawn(async move { bus.follow(&heard).await });
    let outbox = Outbox::into_queues("notes");
    for number in [1, 2] {
        outbox.put(&mut world.pool.acquire().await.unwrap(), world.clock.as_ref(), &note(1, number)).await.unwrap();
        until(async || !world.effects().await.is_empty()).await;
    }
    stop.cancel();
    worker.await.unwrap();
    follower.abort();
    assert_eq!(
        (world.effects().await, world.count("bus.message").await),
        (vec![1], 1),
        "the second was still gathered"
    );
}

//! Events that go straight into the queues, with no relay between.

use std::sync::Arc;

use events::Event;
use messaging::{EmbeddedBus, Outbox};
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
async fn a_running_consumer_hears_of_it_also_in_another_process(pool: PgPool) {
    let mut world = World::embedded(pool).await;
    let bus = Arc::new(EmbeddedBus::new(world.clock.clone()));
    world.bus = bus.clone();
    let (stop, heard) = (CancellationToken::new(), world.heard());
    let worker = tokio::spawn(world.worker().await.run(stop.clone()));
    let follower = tokio::spawn(async move { bus.follow(&heard).await });
    for number in 1..=3 {
        let mut tx = world.pool.begin().await.unwrap();
        Outbox::into_queues("notes").put(&mut tx, world.clock.as_ref(), &note(1, number)).await.unwrap();
        tx.commit().await.unwrap();
        until(async || world.effects().await.len() as i64 == number).await;
    }
    stop.cancel();
    worker.await.unwrap();
    follower.abort();
    assert_eq!(world.effects().await, [1, 2, 3]);
}

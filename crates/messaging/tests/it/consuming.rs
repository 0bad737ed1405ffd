//! From the queues into the effects.

use std::sync::Arc;

use messaging::EmbeddedBus;
use sqlx::PgPool;

use crate::support::{Failing, World, work};

#[sqlx::test(migrations = false)]
async fn an_event_that_arrives_twice_has_one_effect(pool: PgPool) {
    let world = World::new(pool).await;
    let mut worker = world.worker().await;
    world.put(&[(1, 1)]).await;
    world.publish().await;
    let double = "insert into bus.message (queue, subject, envelope, available_at) select queue, subject, envelope, available_at from copy";
    sqlx::raw_sql("create table copy as select * from bus.message").execute(&world.pool).await.unwrap();
    sqlx::raw_sql(double).execute(&world.pool).await.unwrap();
    work(&mut worker).await;
    assert_eq!(world.effects().await, [1], "twice in a batch");
    sqlx::raw_sql(double).execute(&world.pool).await.unwrap();
    work(&mut worker).await;
    assert_eq!(world.effects().await, [1], "again later");
    assert_eq!((world.count("bus.message").await, world.count("readers.inbox").await), (0, 1));
}

#[sqlx::test(migrations = false)]
async fn events_published_while_the_consumer_is_away_are_kept(pool: PgPool) {
    let mut world = World::new(pool).await;
    drop(world.worker().await);
    world.put(&[(1, 1), (1, 2)]).await;
    world.publish().await;
    // Everything in memory is gone; the queue is not.
    world.bus = Arc::new(EmbeddedBus::new(world.clock.clone()));
    work(&mut world.worker().await).await;
    assert_eq!(world.effects().await, [1, 2]);
}

#[sqlx::test(migrations = false)]
async fn waiting_messages_share_a_transaction(pool: PgPool) {
    let world = World::new(pool).await;
    let mut worker = world.worker().await;
    world.put(&(0..100).map(|number| (1, number)).collect::<Vec<_>>()).await;
    world.publish().await;
    assert_eq!(worker.pass().await.unwrap(), 64);
    assert_eq!(worker.pass().await.unwrap(), 36);
    let transactions: i64 = sqlx::query_scalar("select count(distinct xmin::text) from readers.effect")
        .fetch_one(&world.pool)
        .await
        .unwrap();
    assert_eq!(transactions, 2);
    assert_eq!(world.effects().await, (0..100).collect::<Vec<_>>());
}

#[sqlx::test(migrations = false)]
async fn a_failing_batch_is_taken_one_by_one_and_only_the_bad_message_is_retried(pool: PgPool) {
    let world = World::new(pool).await;
    let mut worker = world.worker().await;
    world.put(&[(1, 1), (2, 2), (3, 3), (4, 4)]).await;
    world.publish().await;
    world.fail(3, Failing::Retry);
    work(&mut worker).await;
    assert_eq!(world.effects().await, [1, 2, 4]);
    assert_eq!(world.calls(), 3 + 4, "the batch up to the bad one, then each once");
    let waiting: Vec<(i32, String)> =
        sqlx::query_as("select attempts, last_error from bus.message").fetch_all(&world.pool).await.unwrap();
    assert_eq!(waiting, [(1, "provider is away".to_owned())]);
}

#[sqlx::test(migrations = false)]
async fn a_retry_waits_its_back_off(pool: PgPool) {
    let world = World::new(pool).await;
    let mut worker = world.worker().await;
    world.put(&[(1, 1)]).await;
    world.publish().await;
    world.fail(1, Failing::Retry);
    work(&mut worker).await;
    assert_eq!(world.calls(), 1);
    world.clock.advance(4);
    work(&mut worker).await;
    assert_eq!(world.calls(), 0, "the first pause is at least 5 s");
    world.clock.advance(6);
    work(&mut worker).await;
    assert_eq!(world.calls(), 1, "and at most 10 s");
    world.clock.advance(9);
    work(&mut worker).await;
    assert_eq!(world.calls(), 0, "the second is at least 10 s");
    world.heal();
    world.clock.advance(11);
    work(&mut worker).await;
    assert_eq!(world.effects().await, [1]);
    assert_eq!(world.count("bus.message").await, 0);
}

#[sqlx::test(migrations = false)]
async fn later_messages_of_an_aggregate_do_not_overtake_one_that_waits(pool: PgPool) {
    let world = World::new(pool).await;
    let mut worker = world.worker().await;
    world.put(&[(1, 1), (2, 2), (1, 3), (2, 4)]).await;
    world.publish().await;
    world.fail(1, Failing::Retry);
    work(&mut worker).await;
    world.put(&[(1, 5), (2, 6)]).await;
    world.publish().await;
    work(&mut worker).await;
    assert_eq!(world.effects().await, [2, 4, 6]);
    world.heal();
    world.clock.advance(10);
    work(&mut worker).await;
    assert_eq!(world.effects().await, [2, 4, 6, 1, 3, 5]);
}

#[sqlx::test(migrations = false)]
async fn a_panic_and_a_refused_commit_are_failures_of_their_message_alone(pool: PgPool) {
    let world = World::new(pool).await;
    let mut worker = world.worker().await;
    world.put(&[(1, 1), (2, 2), (3, 3)]).await;
    world.publish().await;
    world.fail(1, Failing::Panic);
    // A deferred constraint: the second message's effect is refused only when it commits.
    sqlx::raw_sql("insert into readers.effect (note, number) values (lpad('2', 32, '0')::uuid, 2)")
        .execute(&world.pool)
        .await
        .unwrap();
    work(&mut worker).await;
    assert_eq!(world.effects().await, [2, 3], "2 is the row from before");
    let errors: Vec<String> =
        sqlx::query_scalar("select last_error from bus.message order by seq").fetch_all(&world.pool).await.unwrap();
    assert_eq!(errors[0], "the handler panicked: a defect");
    assert!(errors[1].contains("duplicate key"), "{errors:?}");
}

#[sqlx::test(migrations = false)]
async fn one_replica_at_a_time_has_the_queue(pool: PgPool) {
    let world = World::new(pool).await;
    let mut worker = world.worker().await;
    world.put(&[(1, 1)]).await;
    world.publish().await;
    let mut other = world.pool.begin().await.unwrap();
    sqlx::query("select pg_advisory_xact_lock(hashtext('bus.message'), hashtext('readers'))")
        .execute(&mut *other)
        .await
        .unwrap();
    assert_eq!(worker.pass().await.unwrap(), 0);
    other.rollback().await.unwrap();
    assert_eq!(worker.pass().await.unwrap(), 1);
}

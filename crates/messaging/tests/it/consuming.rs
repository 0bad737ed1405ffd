//! From the queues into the effects.

use messaging::{Consumer, Handlers};

use crate::notes::{Failing, Noted, Write};
use crate::on_both_buses;
use crate::support::World;

on_both_buses! {
    an_event_that_arrives_twice_has_one_effect,
    events_published_while_the_consumer_is_away_are_kept,
    waiting_messages_share_a_transaction,
    of_ranked_events_only_the_newest_in_a_batch_is_handled,
    a_failing_batch_is_taken_one_by_one_and_only_the_bad_message_is_retried,
    a_retry_waits_its_back_off,
    later_messages_of_an_aggregate_do_not_overtake_one_that_waits,
    a_panic_and_a_refused_commit_are_failures_of_their_message_alone,
    one_replica_at_a_time_has_the_queue,
    a_queue_made_ahead_keeps_events_for_a_consumer_that_comes_later,
}

async fn an_event_that_arrives_twice_has_one_effect(world: World) {
    let mut worker = world.worker().await;
    let event = world.envelope(1, 1);
    world.send(&[event.clone(), event.clone()]).await;
    world.work(&mut worker).await;
    assert_eq!(world.effects().await, [1], "twice in a batch");
    world.send(&[event]).await;
    world.work(&mut worker).await;
    assert_eq!(world.effects().await, [1], "again later");
    assert_eq!((world.count("bus.message").await, world.count("readers.inbox").await), (0, 1));
}

async fn events_published_while_the_consumer_is_away_are_kept(mut world: World) {
    drop(world.worker().await);
    world.put(&[(1, 1), (1, 2)]).await;
    world.publish().await;
    // Everything in memory is gone; the queue is not.
    world.restart_bus().await;
    world.work(&mut world.worker().await).await;
    assert_eq!(world.effects().await, [1, 2]);
}

async fn waiting_messages_share_a_transaction(world: World) {
    let mut worker = world.worker().await;
    world.put(&(0..100).map(|number| (1, number)).collect::<Vec<_>>()).await;
    world.publish().await;
    world.gather(&worker).await;
    assert_eq!(worker.pass().await.unwrap(), 64);
    assert_eq!(worker.pass().await.unwrap(), 36);
    let transactions: i64 = sqlx::query_scalar("select count(distinct xmin::text) from readers.effect")
        .fetch_one(&world.pool)
        .await
        .unwrap();
    assert_eq!(transactions, 2);
    assert_eq!(world.effects().await, (0..100).collect::<Vec<_>>());
}

async fn of_ranked_events_only_the_newest_in_a_batch_is_handled(world: World) {
    let newest = Handlers::default().on_newest::<Noted>();
    let consumer = Consumer::new("readers", "readers", world.pool.clone(), world.clock.clone());
    let mut worker = consumer.with(&newest, &world.write).attach(&*world.bus).await.unwrap();
    let [first, second, other, third] =
        [(1, 1), (1, 2), (2, 5), (1, 3)].map(|(note, number)| world.envelope(note, number));
    world.send(&[first.clone(), second, other, third.clone(), third.clone()]).await;
    world.work(&mut worker).await;
    assert_eq!(world.effects().await, [5, 3], "the newest of each, in order, also when it came twice");
    assert_eq!((world.count("bus.message").await, world.count("readers.inbox").await), (0, 4), "all are done with");
    // A batch that was published again may begin in its midst.
    let [fourth, fifth] = [4, 6].map(|number| world.envelope(1, number));
    world.send(&[fifth.clone(), fourth, fifth, third, first]).await;
    world.work(&mut worker).await;
    assert_eq!(world.effects().await, [5, 3, 6], "the newest is handled wherever it comes");
    // What was done with earlier makes nothing old.
    world.send(&[world.envelope(2, 1)]).await;
    world.work(&mut worker).await;
    assert_eq!(world.effects().await, [5, 3, 6, 1]);
}

async fn a_failing_batch_is_taken_one_by_one_and_only_the_bad_message_is_retried(world: World) {
    let mut worker = world.worker().await;
    world.put(&[(1, 1), (2, 2), (3, 3), (4, 4)]).await;
    world.publish().await;
    world.fail(3, Failing::Retry);
    world.work(&mut worker).await;
    assert_eq!(world.effects().await, [1, 2, 4]);
    assert_eq!(world.calls(), 3 + 4, "the batch up to the bad one, then each once");
    let waiting: Vec<(i32, String)> =
        sqlx::query_as("select attempts, last_error from bus.message").fetch_all(&world.pool).await.unwrap();
    assert_eq!(waiting, [(1, "provider is away".to_owned())]);
}

async fn a_retry_waits_its_back_off(world: World) {
    let mut worker = world.worker().await;
    world.put(&[(1, 1)]).await;
    world.publish().await;
    world.fail(1, Failing::Retry);
    world.work(&mut worker).await;
    assert_eq!(world.calls(), 1);
    world.clock.advance(4);
    world.work(&mut worker).await;
    assert_eq!(world.calls(), 0, "the first pause is at least 5 s");
    world.clock.advance(6);
    world.work(&mut worker).await;
    assert_eq!(world.calls(), 1, "and at most 10 s");
    world.clock.advance(9);
    world.work(&mut worker).await;
    assert_eq!(world.calls(), 0, "the second is at least 10 s");
    world.heal();
    world.clock.advance(11);
    world.work(&mut worker).await;
    assert_eq!(world.effects().await, [1]);
    assert_eq!(world.count("bus.message").await, 0);
}

async fn later_messages_of_an_aggregate_do_not_overtake_one_that_waits(world: World) {
    let mut worker = world.worker().await;
    world.put(&[(1, 1), (2, 2), (1, 3), (2, 4)]).await;
    world.publish().await;
    world.fail(1, Failing::Retry);
    world.work(&mut worker).await;
    world.put(&[(1, 5), (2, 6)]).await;
    world.publish().await;
    world.work(&mut worker).await;
    assert_eq!(world.effects().await, [2, 4, 6]);
    world.heal();
    world.clock.advance(10);
    world.work(&mut worker).await;
    assert_eq!(world.effects().await, [2, 4, 6, 1, 3, 5]);
}

async fn a_panic_and_a_refused_commit_are_failures_of_their_message_alone(world: World) {
    let mut worker = world.worker().await;
    world.put(&[(1, 1), (2, 2), (3, 3)]).await;
    world.publish().await;
    world.fail(1, Failing::Panic);
    // A deferred constraint: the second message's effect is refused only when it commits.
    sqlx::raw_sql("insert into readers.effect (note, number) values (lpad('2', 32, '0')::uuid, 2)")
        .execute(&world.pool)
        .await
        .unwrap();
    world.work(&mut worker).await;
    assert_eq!(world.effects().await, [2, 3], "2 is the row from before");
    let errors: Vec<String> =
        sqlx::query_scalar("select last_error from bus.message order by seq").fetch_all(&world.pool).await.unwrap();
    assert_eq!(errors[0], "the handler panicked: a defect");
    assert!(errors[1].contains("duplicate key"), "{errors:?}");
}

async fn one_replica_at_a_time_has_the_queue(world: World) {
    let mut worker = world.worker().await;
    world.put(&[(1, 1)]).await;
    world.publish().await;
    let mut other = world.pool.begin().await.unwrap();
    sqlx::query("select pg_advisory_xact_lock(hashtext('bus.message'), hashtext('readers'))")
        .execute(&mut *other)
        .await
        .unwrap();
    world.gather(&worker).await;
    assert_eq!(worker.pass().await.unwrap(), 0);
    other.rollback().await.unwrap();
    assert_eq!(worker.pass().await.unwrap(), 1);
}

async fn a_queue_made_ahead_keeps_events_for_a_consumer_that_comes_later(world: World) {
    let handlers = Handlers::<Write>::default().on::<Noted>();
    world.bus.subscribe(&world.pool, "readers", &handlers.kinds()).await.unwrap();
    assert_eq!(world.count("bus.subscription where bound").await, 1);
    world.put(&[(1, 1)]).await;
    world.publish().await;
    let consumer = Consumer::new("readers", "readers", world.pool.clone(), world.clock.clone());
    let mut worker = consumer.with(&handlers, &world.write).attach(&*world.bus).await.unwrap();
    world.work(&mut worker).await;
    assert_eq!(world.effects().await, [1]);
}

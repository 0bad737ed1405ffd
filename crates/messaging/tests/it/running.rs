//! The loops, as a service runs them.

use tokio::sync::mpsc;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use crate::on_both_buses;
use crate::support::{PATIENCE, World, until};

on_both_buses! {
    events_flow_while_relay_and_worker_run_and_both_end_when_told,
    a_relay_that_is_told_to_stop_publishes_what_is_left,
    the_loops_outlive_a_database_that_refuses,
}

async fn events_flow_while_relay_and_worker_run_and_both_end_when_told(mut world: World) {
    let (seen, mut handled) = mpsc::unbounded_channel();
    world.write.seen = Some(seen);
    let stop = CancellationToken::new();
    let worker = tokio::spawn(world.worker().await.run(stop.clone()));
    let relay = tokio::spawn(world.relay().run(stop.clone(), world.heard()));
    for number in 0..5 {
        world.put(&[(1, number)]).await;
        assert_eq!(timeout(PATIENCE, handled.recv()).await.unwrap(), Some(number));
    }
    stop.cancel();
    timeout(PATIENCE, async { (relay.await.unwrap(), worker.await.unwrap()) }).await.unwrap();
    assert_eq!(world.effects().await, [0, 1, 2, 3, 4]);
}

async fn a_relay_that_is_told_to_stop_publishes_what_is_left(world: World) {
    let mut worker = world.worker().await;
    world.put(&(0..600).map(|number| (1, number)).collect::<Vec<_>>()).await;
    let stop = CancellationToken::new();
    stop.cancel();
    timeout(PATIENCE, world.relay().run(stop, world.heard())).await.unwrap();
    assert_eq!(world.count("notes.outbox").await, 0);
    // A broker hands out 256 at once.
    until(async || {
        world.work(&mut worker).await;
        world.count("readers.effect").await == 600
    })
    .await;
    assert_eq!(world.effects().await, (0..600).collect::<Vec<_>>());
}

async fn the_loops_outlive_a_database_that_refuses(mut world: World) {
    let (seen, mut handled) = mpsc::unbounded_channel();
    world.write.seen = Some(seen);
    let mut worker = world.worker().await;
    world.put(&[(1, 1)]).await;
    sqlx::raw_sql("alter table bus.message rename to gone").execute(&world.pool).await.unwrap();
    assert_eq!(world.relay().pass().await.is_err(), world.broker.is_none(), "only a broker does not need the table");
    assert!(worker.pass().await.is_err());
    let stop = CancellationToken::new();
    let tasks = [tokio::spawn(worker.run(stop.clone())), tokio::spawn(world.relay().run(stop.clone(), world.heard()))];
    sqlx::raw_sql("alter table bus.gone rename to message").execute(&world.pool).await.unwrap();
    assert_eq!(timeout(PATIENCE, handled.recv()).await.unwrap(), Some(1));
    stop.cancel();
    for task in tasks {
        timeout(PATIENCE, task).await.unwrap().unwrap();
    }
}

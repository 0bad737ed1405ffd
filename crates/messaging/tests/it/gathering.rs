//! What waits for what.

use std::time::Duration;

use events::{Envelope, Event};
use messaging::{Consumer, Handlers};
use tokio_util::sync::CancellationToken;

use crate::notes::{Noted, Urged};
use crate::on_both_buses;
use crate::support::{World, until};

on_both_buses! {
    what_nobody_waits_for_is_taken_along_by_what_somebody_waits_for,
    a_stop_waits_for_nothing_that_gathers,
}

/// Starts a consumer for which notes gather for an hour, except after a pause.
async fn start(world: &World) -> (CancellationToken, tokio::task::JoinHandle<()>) {
    let consumer = Consumer::new("readers", "readers", world.pool.clone(), world.clock.clone())
        .with(&Handlers::default().on::<Noted>().on::<Urged>(), &world.write)
        .gather_only(Duration::from_secs(3600), &[Noted::NAME]);
    let stop = CancellationToken::new();
    (stop.clone(), tokio::spawn(consumer.attach(&*world.bus).await.unwrap().run(stop)))
}

async fn send(world: &World, envelope: Envelope) {
    world.send(std::slice::from_ref(&envelope)).await;
    world.bus.wake(&[envelope]);
}

async fn what_nobody_waits_for_is_taken_along_by_what_somebody_waits_for(world: World) {
    let (stop, worker) = start(&world).await;
    send(&world, world.envelope(1, 1)).await;
    until(async || world.effects().await == [1]).await;
    // These two gather, and would for an hour.
    send(&world, world.envelope(1, 2)).await;
    send(&world, world.envelope(2, 3)).await;
    let patient = world.envelope(1, 4);
    let data = patient.data.clone();
    send(&world, Envelope { kind: Urged::NAME.into(), data, ..patient }).await;
    until(async || world.effects().await == [1, 2, 3, 4]).await;
    let transactions: i64 = sqlx::query_scalar("select count(distinct xmin::text) from readers.effect")
        .fetch_one(&world.pool)
        .await
        .unwrap();
    assert_eq!(transactions, 2, "the first alone, the others together");
    stop.cancel();
    worker.await.unwrap();
}

async fn a_stop_waits_for_nothing_that_gathers(world: World) {
    let (stop, worker) = start(&world).await;
    send(&world, world.envelope(1, 1)).await;
    until(async || world.effects().await == [1]).await;
    send(&world, world.envelope(1, 2)).await;
    stop.cancel();
    worker.await.unwrap();
    assert_eq!(world.effects().await, [1]);
}

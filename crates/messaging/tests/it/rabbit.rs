//! What only a broker can do to us.

use std::sync::Arc;
use std::time::Duration;

use kernel::Clock;
use lapin::BasicProperties;
use lapin::options::{QueueDeclareOptions, QueueDeleteOptions};
use lapin::types::FieldTable;
use messaging::dead_letters::{self, Filter};
use messaging::rabbit::Options;
use messaging::{Bus, Consumer, Handle, HandleError, Handlers, Outbox, Rabbit};
use secrecy::SecretString;
use sqlx::{PgConnection, PgPool};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::notes::{Failing, Noted, NotedV2};
use crate::proxy::Proxy;
use crate::support::{World, on_rabbit, until};

#[sqlx::test(migrations = false)]
async fn events_wait_while_the_broker_is_away_and_flow_when_it_is_back(pool: PgPool) {
    on_rabbit(pool, async |mut world: World| {
        let proxy = Proxy::before(&world.broker().url).await;
        let bus = Arc::new(world.broker().connect_through(&proxy.url).await);
        world.bus = bus.clone();
        let stop = CancellationToken::new();
        let tasks = [
            tokio::spawn(world.worker().await.run(stop.clone())),
            tokio::spawn(world.relay().run(stop.clone(), world.heard())),
        ];
        for round in 0..3 {
            world
                .put(&(0..300).map(|number| (u128::from(number as u64 % 7), round * 400 + number)).collect::<Vec<_>>())
                .await;
            proxy.refuse(true);
            proxy.cut();
            until(async || !bus.is_connected()).await;
            world
                .put(
                    &(300..400).map(|number| (u128::from(number as u64 % 7), round * 400 + number)).collect::<Vec<_>>(),
                )
                .await;
            assert!(world.count("notes.outbox").await >= 100, "nothing can be published");
            proxy.refuse(false);
            until(async || world.count("readers.effect").await == (round + 1) * 400).await;
        }
        stop.cancel();
        for task in tasks {
            task.await.unwrap();
        }
        let mut effects = world.effects().await;
        effects.sort_unstable();
        assert_eq!(effects, (0..1200).collect::<Vec<_>>());
    })
    .await;
}

#[sqlx::test(migrations = false)]
async fn a_consumer_that_dies_between_commit_and_acknowledgement_doubles_nothing(pool: PgPool) {
    on_rabbit(pool, async |mut world: World| {
        let proxy = Proxy::before(&world.broker().url).await;
        world.bus = Arc::new(world.broker().connect_through(&proxy.url).await);
        let mut worker = world.worker().await;
        world.put(&[(1, 1), (2, 2), (2, 3), (3, 4)]).await;
        world.publish().await;
        world.gather(&worker).await;
        world.fail(2, Failing::Retry);
        world.fail(4, Failing::Refuse);
        // What was done is committed; that it was done never reaches the broker.
        proxy.swallow(true);
        world.work(&mut worker).await;
        assert_eq!(world.effects().await, [1]);
        proxy.swallow(false);
        proxy.cut();
        world.coming.store(4, std::sync::atomic::Ordering::SeqCst);
        world.work(&mut worker).await;
        assert_eq!(world.effects().await, [1], "2 waits, 3 is behind it, 4 is dead, and all are known");
        assert_eq!(world.count("bus.message").await, 3);
        world.heal();
        world.clock.advance(60);
        world.work(&mut worker).await;
        assert_eq!(world.effects().await, [1, 2, 3]);
        assert_eq!(world.count("bus.message where dead_at is not null").await, 1);
        until(async || world.broker().ready().await == 0).await;
    })
    .await;
}

#[sqlx::test(migrations = false)]
async fn what_is_no_event_is_a_dead_letter(pool: PgPool) {
    on_rabbit(pool, async |world: World| {
        let mut worker = world.worker().await;
        let kind = "notes.note.noted.v1";
        world.broker().publish(kind, BasicProperties::default(), b"{\0").await;
        let event = world.envelope(1, 1);
        world.send(std::slice::from_ref(&event)).await;
        world.coming.store(2, std::sync::atomic::Ordering::SeqCst);
        world.work(&mut worker).await;
        assert_eq!(world.effects().await, [1]);
        let mut conn = world.pool.acquire().await.unwrap();
        let dead = dead_letters::list(&mut conn, &Filter::default(), None, 10).await.unwrap();
        assert_eq!(dead.len(), 1);
        assert_eq!(dead[0].last_error, "not an event: cloudEvents:specversion is missing");
        assert_eq!(dead[0].kind(), None);
        assert_eq!(dead[0].envelope["body"], "{\u{fffd}");
        // It fails again, without an end.
        assert!(dead_letters::replay(&mut conn, dead[0].seq, world.clock.now()).await.unwrap());
        world.work(&mut worker).await;
        assert_eq!(dead_letters::list(&mut conn, &Filter::default(), None, 10).await.unwrap().len(), 1);
    })
    .await;
}

#[sqlx::test(migrations = false)]
async fn an_event_whose_queue_the_broker_has_lost_waits_and_one_that_nobody_wants_does_not(pool: PgPool) {
    on_rabbit(pool, async |world: World| {
        world.put(&[(1, 1)]).await;
        assert_eq!(world.relay().pass().await.unwrap(), 1, "nobody has ever asked for it");
        // A consumer comes and goes, and then the broker loses its queue.
        let stop = CancellationToken::new();
        stop.cancel();
        world.worker().await.run(stop).await;
        world.broker().lose_queue().await;
        world.put(&[(1, 2)]).await;
        let refused = world.relay().pass().await.expect_err("it would be lost").to_string();
        assert!(refused.contains("no queue yet for notes.note.noted.v1"), "{refused}");
        assert_eq!(world.count("notes.outbox").await, 1);
        let mut worker = world.worker().await;
        until(async || world.relay().pass().await.is_ok_and(|published| published == 1)).await;
        world.coming.store(1, std::sync::atomic::Ordering::SeqCst);
        world.work(&mut worker).await;
        assert_eq!(world.effects().await, [2]);
    })
    .await;
}

#[derive(Clone)]
struct Ignore;

#[async_trait::async_trait]
impl Handle<NotedV2> for Ignore {
    async fn handle(&self, _: &mut PgConnection, _: NotedV2, _: &events::Envelope) -> Result<(), HandleError> {
        Ok(())
    }
}

#[sqlx::test(migrations = false)]
async fn kinds_that_a_newer_consumer_does_not_want_come_no_more(pool: PgPool) {
    on_rabbit(pool, async |world: World| {
        drop(world.worker().await);
        let consumer = Consumer::new("readers", "readers", world.pool.clone(), world.clock.clone());
        let mut worker =
            consumer.with(&Handlers::default().on::<NotedV2>(), &Ignore).attach(&*world.bus).await.unwrap();
        world.put(&[(1, 1)]).await;
        world.publish().await;
        world.coming.store(1, std::sync::atomic::Ordering::SeqCst);
        let event = NotedV2(Noted { note: Uuid::from_u128(1), number: 2 });
        let mut conn = world.pool.acquire().await.unwrap();
        Outbox::new("notes").put(&mut conn, world.clock.as_ref(), &event).await.unwrap();
        assert_eq!(world.relay().pass().await.unwrap(), 1);
        world.work(&mut worker).await;
        assert_eq!((world.count("readers.inbox").await, world.count("bus.message").await), (1, 0));
    })
    .await;
}

#[sqlx::test(migrations = false)]
async fn a_queue_that_was_made_differently_is_named(pool: PgPool) {
    on_rabbit(pool, async |world: World| {
        let queue = world.broker().queue();
        let options = QueueDeclareOptions::durable();
        world.broker().channel.queue_declare(queue.as_str().into(), options, FieldTable::default()).await.unwrap();
        let consumer = Consumer::new("readers", "readers", world.pool.clone(), world.clock.clone());
        let error = consumer
            .with(&Handlers::default().on::<Noted>(), &world.write)
            .attach(&*world.bus)
            .await
            .unwrap_err()
            .to_string();
        assert!(error.starts_with("making a queue: ") && error.contains(&queue), "{error}");
        // The table knows what may be bound, and that it is not: relays that wait for every queue go on waiting.
        let rows: Vec<(String, bool)> =
            sqlx::query_as("select kind, bound from bus.subscription").fetch_all(&world.pool).await.unwrap();
        assert_eq!(rows, [("notes.note.noted.v1".to_owned(), false)]);
        let options = QueueDeleteOptions::default();
        world.broker().channel.queue_delete(queue.as_str().into(), options).await.unwrap();
        drop(world.worker().await);
        assert_eq!(world.count("bus.subscription where bound").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_broker_that_cannot_be_reached_is_reported_without_its_password() {
    let connect = async |url: &str| {
        let options = Options { patience: Duration::from_millis(50), ..Options::default() };
        Rabbit::connect(SecretString::from(url), options).await.unwrap_err().to_string()
    };
    // Nothing listens on the discard port.
    let away = connect("amqp://guest:hidden@127.0.0.1:9/shop").await;
    assert!(away.starts_with("RabbitMQ at 127.0.0.1:9/shop: connecting: ") && !away.contains("hidden"), "{away}");
    let wrong = connect("127.0.0.1:hidden").await;
    assert!(!wrong.contains("hidden"), "{wrong}");
}

#[sqlx::test(migrations = false)]
async fn a_bus_that_was_closed_publishes_no_more(pool: PgPool) {
    on_rabbit(pool, async |world: World| {
        let bus = world.broker().connect().await;
        assert!(bus.is_connected());
        bus.close().await;
        assert!(!bus.is_connected());
        let mut conn = world.pool.acquire().await.unwrap();
        let error = bus.publish(&mut conn, &[world.envelope(1, 1)]).await.unwrap_err();
        assert_eq!(error.to_string(), "RabbitMQ is away");
    })
    .await;
}

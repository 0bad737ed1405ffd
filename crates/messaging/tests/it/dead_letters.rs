//! Messages that are given up.

use kernel::Clock;
use messaging::dead_letters::{Filter, count, discard, list, replay, show};
use messaging::{DeadLetter, Outbox};
use uuid::Uuid;

use crate::notes::{Failing, Noted, NotedV2};
use crate::on_both_buses;
use crate::support::World;

on_both_buses! {
    a_poisonous_message_becomes_a_dead_letter_and_stops_nobody,
    the_last_attempt_makes_a_dead_letter_and_lets_later_messages_pass,
    what_cannot_be_read_is_a_dead_letter_at_once,
    a_dead_letter_can_be_replayed_once_its_cause_is_gone,
    dead_letters_are_listed_in_pages_and_discarded_one_by_one,
}

async fn dead_letters(world: &World) -> Vec<DeadLetter> {
    list(&mut world.pool.acquire().await.unwrap(), &Filter::default(), None, 10).await.unwrap()
}

async fn a_poisonous_message_becomes_a_dead_letter_and_stops_nobody(world: World) {
    let mut worker = world.worker().await;
    world.put(&[(1, 1), (1, 2), (2, 3)]).await;
    world.publish().await;
    world.fail(1, Failing::Refuse);
    world.work(&mut worker).await;
    assert_eq!(world.effects().await, [2, 3]);
    let dead = dead_letters(&world).await;
    assert_eq!(dead.len(), 1);
    assert_eq!(
        (dead[0].queue.as_str(), dead[0].attempts, dead[0].last_error.as_str()),
        ("readers", 1, "no such reader")
    );
    assert_eq!(dead[0].envelope["data"]["number"], 1);
}

async fn the_last_attempt_makes_a_dead_letter_and_lets_later_messages_pass(world: World) {
    let mut worker = world.worker().await;
    world.put(&[(1, 1), (1, 2)]).await;
    world.publish().await;
    world.fail(1, Failing::Retry);
    for _ in 0..2 {
        world.work(&mut worker).await;
        assert!(world.effects().await.is_empty(), "held back");
        world.clock.advance(60);
    }
    world.work(&mut worker).await;
    assert_eq!(world.effects().await, [2]);
    let dead = dead_letters(&world).await;
    assert_eq!((dead[0].attempts, dead[0].last_error.as_str()), (3, "failed 3 times, at last: provider is away"));
}

async fn what_cannot_be_read_is_a_dead_letter_at_once(world: World) {
    let mut worker = world.worker().await;
    // As when a newer replica of the consumer, gone since, had subscribed.
    sqlx::raw_sql("insert into bus.subscription (kind, queue) values ('notes.note.noted.v2', 'readers')")
        .execute(&world.pool)
        .await
        .unwrap();
    if let Some(broker) = &world.broker {
        broker.bind("notes.note.noted.v2").await;
    }
    let event = NotedV2(Noted { note: Uuid::from_u128(1), number: 1 });
    let mut conn = world.pool.acquire().await.unwrap();
    Outbox::new("notes").put(&mut conn, world.clock.as_ref(), &event).await.unwrap();
    world.put(&[(1, 2), (1, 3)]).await;
    sqlx::raw_sql("update notes.outbox set data = '{\"note\": 7}' where data->>'number' = '2'")
        .execute(&world.pool)
        .await
        .unwrap();
    world.publish().await;
    world.work(&mut worker).await;
    assert_eq!(world.effects().await, [3]);
    let reasons: Vec<String> = dead_letters(&world).await.into_iter().map(|dead| dead.last_error).collect();
    assert_eq!(reasons[0], "readers has no handler for notes.note.noted.v2; it may be a newer version");
    assert!(reasons[1].starts_with("the payload does not fit notes.note.noted.v1: "), "{reasons:?}");
}

async fn a_dead_letter_can_be_replayed_once_its_cause_is_gone(world: World) {
    let mut worker = world.worker().await;
    world.put(&[(1, 1)]).await;
    world.publish().await;
    world.fail(1, Failing::Refuse);
    world.work(&mut worker).await;
    let seq = dead_letters(&world).await[0].seq;
    world.heal();
    let mut conn = world.pool.acquire().await.unwrap();
    assert!(replay(&mut conn, seq, world.clock.now()).await.unwrap());
    assert!(!replay(&mut conn, seq, world.clock.now()).await.unwrap(), "it is no dead letter any more");
    assert!(!discard(&mut conn, seq).await.unwrap(), "nor can it be thrown away");
    assert_eq!(show(&mut conn, seq).await.unwrap(), None);
    world.work(&mut worker).await;
    assert_eq!(world.effects().await, [1]);
}

async fn dead_letters_are_listed_in_pages_and_discarded_one_by_one(world: World) {
    let mut worker = world.worker().await;
    world.put(&[(1, 1), (2, 2), (3, 3)]).await;
    world.publish().await;
    for number in 1..=3 {
        world.fail(number, Failing::Refuse);
    }
    world.work(&mut worker).await;
    let mut conn = world.pool.acquire().await.unwrap();
    let all = Filter::default();
    let page = list(&mut conn, &all, None, 2).await.unwrap();
    let next = list(&mut conn, &all, Some(page[1].seq), 2).await.unwrap();
    assert_eq!((page.len(), next.len()), (2, 1));
    for (queue, kind, found) in [
        (Some("readers"), None, 3),
        (Some("nobody"), None, 0),
        (None, Some("notes.note.noted.v1"), 3),
        (Some("readers"), Some("notes.note.noted.v2"), 0),
    ] {
        let filter = Filter { queue: queue.map(Into::into), kind: kind.map(Into::into) };
        assert_eq!(list(&mut conn, &filter, None, 10).await.unwrap().len(), found, "{filter:?}");
        assert_eq!(count(&mut conn, &filter).await.unwrap(), i64::try_from(found).unwrap(), "{filter:?}");
    }
    assert_eq!(page[0].kind(), Some("notes.note.noted.v1"));
    assert_eq!(show(&mut conn, page[0].seq).await.unwrap().as_ref(), Some(&page[0]));
    assert!(discard(&mut conn, page[0].seq).await.unwrap());
    assert!(!discard(&mut conn, page[0].seq).await.unwrap());
    assert_eq!(world.count("bus.message").await, 2);
}

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use chassis::Notifications;
use events::orders::OrderConfirmed;
use gql::TokenVerifier;
use messaging::Outbox;
use notifications::Resources;
use notifications::domain::Sending;
use serde_json::json;
use sqlx::PgPool;
use testkit::ManualClock;
use tokio_util::sync::CancellationToken;

use crate::world::{Answer, SENDING, Script, World, order};

#[sqlx::test(migrations = false)]
async fn a_queued_message_leaves_once_and_that_is_told(pool: PgPool) {
    let mut world = World::open(pool).await;
    world.queue_one().await;
    assert_eq!(world.app.dispatch().await.unwrap(), 1);
    assert_eq!(world.app.dispatch().await.unwrap(), 0);
    let (seen, stored) = (world.channel.seen(), world.stored().await);
    assert_eq!(seen.len(), 1);
    assert_eq!((seen[0].id.0, seen[0].recipient.as_str()), (stored[0].id, "guest@example.org"));
    assert_eq!(seen[0].subject, "Your order TC-100015 is confirmed");
    assert_eq!((stored[0].status.as_str(), stored[0].attempts), ("SENT", 1));
    let told =
        json!({ "message_id": stored[0].id, "user_id": null, "channel": "EMAIL", "template": "ORDER_CONFIRMED" });
    assert_eq!(world.told().await, [("notifications.message.sent.v1".into(), told)]);
}

#[sqlx::test(migrations = false)]
async fn a_channel_that_is_away_is_tried_later_with_the_same_message(pool: PgPool) {
    let mut world = World::open(pool).await;
    world.queue_one().await;
    world.channel.will([Answer::IsAway("421 come back"), Answer::Hangs]);
    assert_eq!(world.app.dispatch().await.unwrap(), 1);
    let waiting = world.stored().await;
    assert_eq!((waiting[0].status.as_str(), waiting[0].last_error.as_deref()), ("QUEUED", Some("421 come back")));
    assert_eq!(world.app.dispatch().await.unwrap(), 0, "not before its time");
    // The second attempt hangs until the deadline.
    world.clock.advance(10);
    let impatient = Sending { deadline: Duration::from_millis(50), ..SENDING };
    assert_eq!(world.app.clone().sending(impatient).dispatch().await.unwrap(), 1);
    assert_eq!(world.stored().await[0].last_error.as_deref(), Some("no answer within 50ms"));
    world.clock.advance(20);
    assert_eq!(world.app.dispatch().await.unwrap(), 1);
    let sent = world.stored().await;
    assert_eq!((sent[0].status.as_str(), sent[0].attempts, &sent[0].last_error), ("SENT", 3, &None));
    let seen = world.channel.seen();
    assert!(seen.len() == 3 && seen.iter().all(|message| *message == seen[0]), "{seen:?}");
}

#[sqlx::test(migrations = false)]
async fn a_channel_that_stays_away_is_left_alone_and_no_message_loses_an_attempt(pool: PgPool) {
    let mut world = World::open(pool).await;
    for id in 1..=9 {
        world.wire.deliver(&OrderConfirmed { order: order(id) }).await;
    }
    world.channel.will(vec![Answer::IsAway("421 closed"); 5]);
    assert_eq!(world.app.dispatch().await.unwrap(), 9, "taken at once");
    assert_eq!(world.channel.seen().len(), 5, "after five failures no more are tried");
    world.clock.advance(29);
    assert_eq!(world.app.dispatch().await.unwrap(), 0, "it is left alone, although the messages are due");
    assert_eq!(world.stored().await.iter().map(|message| message.attempts).sum::<i32>(), 5, "nor do they lose one");
    world.clock.advance(1);
    assert_eq!(world.app.dispatch().await.unwrap(), 1, "one finds out");
    assert_eq!(world.app.dispatch().await.unwrap(), 8, "and the others follow");
    let stored = world.stored().await;
    assert!(stored.iter().all(|message| message.status == "SENT"));
    assert_eq!(stored.iter().map(|message| message.attempts).sum::<i32>(), 5 + 9);
}

#[sqlx::test(migrations = false)]
async fn after_the_last_attempt_it_has_failed_and_that_is_told_without_the_address(pool: PgPool) {
    let mut world = World::open(pool).await;
    world.queue_one().await;
    world.channel.will(vec![Answer::IsAway("451 guest@example.org is busy"); 3]);
    for _ in 0..SENDING.attempts {
        assert_eq!(world.app.dispatch().await.unwrap(), 1);
        world.clock.advance(60);
    }
    assert_eq!(world.app.dispatch().await.unwrap(), 0);
    assert_eq!(world.outline().await, ["ORDER_CONFIRMED EMAIL FAILED"]);
    let (kind, told) = &world.told().await[0];
    assert_eq!(
        (kind.as_str(), &told["reason"]),
        ("notifications.message.failed.v1", &json!("451 the recipient is busy"))
    );
}

#[sqlx::test(migrations = false)]
async fn a_refusal_is_final_at_once_and_others_are_sent_all_the_same(pool: PgPool) {
    let mut world = World::open(pool).await;
    for id in 1..4 {
        world.wire.deliver(&OrderConfirmed { order: order(id) }).await;
    }
    world.channel.will([Answer::Refuses("550 no such mailbox")]);
    assert_eq!(world.app.dispatch().await.unwrap(), 3);
    let mut outline = world.outline().await;
    outline.dedup();
    assert_eq!(outline, ["ORDER_CONFIRMED EMAIL FAILED", "ORDER_CONFIRMED EMAIL SENT"]);
    assert_eq!(world.told().await.len(), 3);
}

#[sqlx::test(migrations = false)]
async fn a_sender_that_dies_leaves_its_message_to_the_next_until_the_attempts_are_used_up(pool: PgPool) {
    let mut world = World::open(pool).await;
    world.queue_one().await;
    world.channel.will([Answer::Panics, Answer::Panics, Answer::Panics]);
    let lease = SENDING.lease().as_secs() + 1;
    for attempt in 1..=3 {
        assert_eq!(world.app.dispatch().await.unwrap(), 1);
        assert_eq!(world.app.dispatch().await.unwrap(), 0, "nobody takes it while the lease lasts");
        assert_eq!(world.stored().await[0].attempts, attempt);
        world.clock.advance(lease);
    }
    assert_eq!(world.channel.seen().len(), 3);
    assert_eq!(world.app.dispatch().await.unwrap(), 1);
    assert_eq!(world.channel.seen().len(), 0, "given up, not sent once more");
    assert_eq!(world.outline().await, ["ORDER_CONFIRMED EMAIL FAILED"]);
}

#[sqlx::test(migrations = false)]
async fn two_senders_at_once_share_the_work_and_nothing_is_sent_twice(pool: PgPool) {
    let mut world = World::open(pool).await;
    for id in 1..=40 {
        world.wire.deliver(&OrderConfirmed { order: order(id) }).await;
    }
    let work = |app: notifications::app::App| tokio::spawn(async move { while app.dispatch().await.unwrap() > 0 {} });
    let (one, other) = (work(world.app.clone()), work(world.app.clone()));
    one.await.unwrap();
    other.await.unwrap();
    let seen = world.channel.seen();
    let distinct: HashSet<_> = seen.iter().map(|message| message.id).collect();
    assert_eq!((seen.len(), distinct.len(), world.told().await.len()), (40, 40, 40));
}

#[sqlx::test(migrations = false)]
async fn the_task_sends_what_is_queued_and_ends_when_told(pool: PgPool) {
    let mut world = World::open(pool).await;
    let resources = Resources {
        pool: world.pool.clone(),
        clock: Arc::new(ManualClock::default()),
        outbox: Outbox::new(notifications::NAME),
        verifier: Arc::new(TokenVerifier::untrusting()),
        channel: Arc::new(Script::default()),
    };
    let stop = CancellationToken::new();
    let heard = Notifications::over(resources.pool.clone());
    let tasks = notifications::service(&resources).tasks.into_iter().map(|task| task.spawn(stop.clone(), &heard));
    let tasks: Vec<_> = tasks.collect();
    assert_eq!(tasks.len(), 1);
    world.queue_one().await;
    let sent = async {
        while world.outline().await != ["ORDER_CONFIRMED EMAIL SENT"] {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), sent).await.unwrap();
    stop.cancel();
    for task in tasks {
        task.await.unwrap();
    }
}

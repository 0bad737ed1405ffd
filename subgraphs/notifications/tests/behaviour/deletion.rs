use events::auth::PasswordChanged;
use events::orders::OrderConfirmed;
use events::users::{UserDeleted, UserUpdated};
use serde_json::json;
use sqlx::PgPool;

use crate::world::{ADA, Answer, EVE, World, order_of, registered, user};

#[sqlx::test(migrations = false)]
async fn who_leaves_is_forgotten_and_what_waits_is_not_sent(pool: PgPool) {
    let mut world = World::open(pool).await;
    world.register(ADA, "de").await;
    world.register(EVE, "en").await;
    world.wire.deliver(&OrderConfirmed { order: order_of(1, ADA) }).await;
    world.channel.will([Answer::Refuses("550 uada@example.org has no mailbox"), Answer::IsAway("451 later")]);
    world.app.dispatch().await.unwrap();
    let choice = [notifications::domain::Preference {
        category: notifications::domain::Category::Marketing,
        channel: notifications::domain::ChannelKind::Email,
        enabled: true,
    }];
    world.app.update_preferences(user(ADA), &choice).await.unwrap();

    world.wire.deliver_twice(&UserDeleted { user_id: user(ADA) }).await;
    let left = world.everything().await.to_lowercase();
    for trace in ["uada@", "lovelace", "tc-100001", "quay", "porto"] {
        let of_eve = trace == "lovelace";
        let found = left.matches(trace).count();
        assert_eq!(found > 0, of_eve, "{trace} is found {found} times in {left}");
    }
    let stored = world.stored().await;
    assert!(stored.iter().any(|message| message.recipient.as_deref() == Some("ue5e@example.org")), "others are kept");
    assert_eq!(stored.len(), 4, "that something was written is kept");
    world.channel.seen();
    world.clock.advance(1_000);
    world.app.dispatch().await.unwrap();
    assert!(world.channel.seen().iter().all(|message| message.recipient.as_str() != "uada@example.org"));
}

#[sqlx::test(migrations = false)]
async fn events_that_come_after_the_deletion_bring_nothing_back(pool: PgPool) {
    let mut world = World::open(pool).await;
    world.wire.deliver(&UserDeleted { user_id: user(ADA) }).await;
    world.register(ADA, "en").await;
    let profile =
        UserUpdated { user_id: user(ADA), version: 9, display_name: "Ada Lovelace".into(), locale: "de".into() };
    world.wire.deliver(&profile).await;
    assert_eq!(world.outline().await, Vec::<String>::new(), "nobody is welcomed");
    world.wire.deliver(&PasswordChanged { user_id: user(ADA), email: registered(ADA, "en").email }).await;
    world.wire.deliver(&OrderConfirmed { order: order_of(1, ADA) }).await;
    assert_eq!(
        world.outline().await,
        ["ORDER_CONFIRMED EMAIL SUPPRESSED", "ORDER_CONFIRMED IN_APP SUPPRESSED", "PASSWORD_CHANGED EMAIL SUPPRESSED"]
    );
    let left = world.everything().await.to_lowercase();
    for trace in ["uada@", "lovelace", "tc-100001", "quay"] {
        assert!(!left.contains(trace), "{trace} in {left}");
    }
    assert!(left.contains("the account was deleted"));
}

#[sqlx::test(migrations = false)]
async fn what_is_erased_while_it_is_being_sent_is_not_written_back(pool: PgPool) {
    let mut world = World::open(pool).await;
    world.register(ADA, "en").await;
    let erase = "update notifications.message set recipient = null, subject = '', text = '', html = null,
        status = 'SUPPRESSED', next_attempt_at = null, lease = null, erased_at = now()";
    world.channel.will([Answer::Meanwhile(world.pool.clone(), erase)]);
    assert_eq!(world.app.dispatch().await.unwrap(), 1);
    assert_eq!(world.outline().await, ["ACCOUNT_WELCOME EMAIL SUPPRESSED"]);
    assert_eq!(world.told().await, [], "no longer a message that was sent: {}", json!(world.told().await));
}

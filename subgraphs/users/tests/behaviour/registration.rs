use std::time::Duration;

use kernel::Actor;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::counted::Counted;
use crate::desk::{Desk, UPDATE, VIEWER, actor, registration, user};

const BY_KEY: &str = "query($keys: [_Any!]!) { _entities(representations: $keys) { ... on User { displayName } } }";

#[sqlx::test(migrations = false)]
async fn a_registered_account_has_a_profile(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    let mut event = registration(1, "Ada@Example.org", " Ada Lovelace ");
    event.locale = "pt-br".into();
    desk.wire.deliver(&event).await;
    let seen = desk.ask(actor(1, &[]), VIEWER, json!({})).await;
    let expected = json!({
        "id": user(1), "displayName": "Ada Lovelace", "email": "ada@example.org", "phone": null, "locale": "pt-BR",
        "currency": "EUR", "marketingOptIn": false,
    });
    assert_eq!(seen["data"]["viewer"], expected, "{seen}");
    assert_eq!(desk.events().await, [], "auth has told of the account already");
}

#[sqlx::test(migrations = false)]
async fn an_event_that_comes_again_changes_nothing(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    let event = registration(1, "ada@example.org", "Ada");
    desk.wire.deliver_twice(&event).await;
    let input = json!({ "input": { "displayName": "Countess" } });
    desk.ask(actor(1, &[]), UPDATE, input).await;
    let before = desk.stored().await;
    assert_eq!(before["changes"].as_array().map(Vec::len), Some(2), "{before}");
    // The same news in another envelope, as when it is replayed.
    desk.clock.advance(60);
    desk.wire.deliver(&event).await;
    assert_eq!(desk.stored().await, before);
}

#[sqlx::test(migrations = false)]
async fn whatever_name_and_language_were_registered_the_profile_is_made(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    let names = ["", "\u{7}\n", "   ", &"ß".repeat(500), "Ada\tLovelace"];
    for (id, name) in (1..).zip(names) {
        let mut event = registration(id, &format!("mail{id}@example.org"), name);
        event.locale = format!("no tag {id}");
        desk.wire.deliver(&event).await;
    }
    let shown: Vec<(String, String)> =
        sqlx::query_as("select display_name, locale from users.user_profile order by id")
            .fetch_all(&desk.pool)
            .await
            .unwrap();
    let en = || "en".to_owned();
    let expected = ["mail1", "mail2", "mail3", &"ß".repeat(100), "Ada Lovelace"].map(|name| (name.to_owned(), en()));
    assert_eq!(shown, expected);
}

#[sqlx::test(migrations = false)]
async fn two_accounts_may_have_had_the_same_address(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    desk.wire.deliver(&registration(1, "ada@example.org", "Ada")).await;
    desk.wire.deliver(&registration(2, "ada@example.org", "Ada again")).await;
    let seen = desk.ask(actor(2, &[]), VIEWER, json!({})).await;
    assert_eq!(seen["data"]["viewer"]["displayName"], "Ada again", "{seen}");
}

#[sqlx::test(migrations = false)]
async fn who_asks_before_the_registration_arrives_waits_for_it(pool: PgPool) {
    let mut desk = Desk::open(pool).await;
    let (api, event) = (desk.api.clone(), registration(1, "ada@example.org", "Ada"));
    let input = json!({ "input": { "marketingOptIn": true } });
    let keys = json!({ "keys": [{ "__typename": "User", "id": user(1) }] });
    let asked = tokio::spawn(async move {
        // They find nothing at their first look, since the event is published only after they have begun.
        tokio::join!(
            testkit::ask(&api, actor(1, &[]), VIEWER, json!({})),
            testkit::ask(&api, actor(1, &[]), BY_KEY, keys),
            testkit::ask(&api, actor(1, &[]), UPDATE, input)
        )
    });
    let (counted, mut looks) = (Counted::watch(), 0);
    while looks < 3 {
        tokio::task::yield_now().await;
        looks += counted.take();
    }
    desk.wire.deliver(&event).await;
    let (seen, found, updated) = asked.await.unwrap();
    assert_eq!(seen["data"]["viewer"]["displayName"], "Ada", "{seen}");
    assert_eq!(found["data"]["_entities"][0]["displayName"], "Ada", "{found}");
    assert_eq!(updated["data"]["userUpdate"]["user"]["marketingOptIn"], true, "{updated}");
}

#[sqlx::test(migrations = false)]
async fn the_wait_for_a_registration_ends(pool: PgPool) {
    let desk = Desk::open(pool).await;
    let asked = tokio::time::timeout(Duration::from_secs(8), desk.ask(actor(1, &[]), VIEWER, json!({}))).await;
    assert_eq!(asked.unwrap(), json!({ "data": { "viewer": null } }));
}

#[sqlx::test(migrations = false)]
async fn a_guest_is_nobody_at_once(pool: PgPool) {
    let desk = Desk::open(pool).await;
    let counted = Counted::watch();
    let seen = desk.ask(Actor::Anonymous, VIEWER, json!({})).await;
    assert_eq!((&seen["data"]["viewer"], counted.take()), (&Value::Null, 0), "{seen}");
}

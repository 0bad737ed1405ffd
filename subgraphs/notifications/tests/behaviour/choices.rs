use events::auth::PasswordChanged;
use events::orders::{OrderConfirmed, OrderUpdated};
use kernel::Actor;
use serde_json::{Value, json};
use sqlx::PgPool;
use testkit::shopper;

use crate::world::{ADA, EVE, World, order, order_of, user};

const UPDATE: &str =
    "mutation($input: NotificationPreferencesUpdateInput!) { notificationPreferencesUpdate(input: $input) {
    preferences { category channel enabled mandatory }
    errors { __typename message ... on NotificationMandatory { category channel } ... on InvalidInput { field } } } }";
const READ: &str = "query($keys: [_Any!]!) { _entities(representations: $keys) { ... on User {
    notificationPreferences { category channel enabled mandatory } } } }";

async fn choose(world: &World, choices: &[(&str, &str, bool)]) -> Value {
    let list: Vec<Value> = choices
        .iter()
        .map(|(category, channel, enabled)| json!({ "category": category, "channel": channel, "enabled": enabled }))
        .collect();
    let mut answer = world.ask(shopper(ADA), UPDATE, json!({ "input": { "preferences": list } })).await;
    answer["data"]["notificationPreferencesUpdate"].take()
}

fn held(list: &Value) -> Vec<String> {
    let show = |of: &Value| {
        format!("{} {} {}", of["category"].as_str().unwrap(), of["channel"].as_str().unwrap(), of["enabled"])
    };
    list.as_array().unwrap().iter().map(show).collect()
}

#[sqlx::test(migrations = false)]
async fn who_opted_out_gets_nothing_and_support_sees_why(pool: PgPool) {
    let mut world = World::open(pool).await;
    world.register(ADA, "en").await;
    choose(&world, &[("ORDER", "EMAIL", false)]).await;
    world.wire.deliver_twice(&OrderConfirmed { order: order_of(1, ADA) }).await;
    assert_eq!(
        world.outline().await,
        ["ACCOUNT_WELCOME EMAIL QUEUED", "ORDER_CONFIRMED EMAIL SUPPRESSED", "ORDER_CONFIRMED IN_APP SENT"]
    );
    let stored = world.stored().await;
    let suppressed = stored.iter().find(|message| message.status == "SUPPRESSED").unwrap();
    assert_eq!(suppressed.last_error.as_deref(), Some("the account does not want ORDER by EMAIL"));
    assert!(!suppressed.text.is_empty());
    // Others are still told, guests among them.
    world.wire.deliver(&OrderConfirmed { order: order_of(2, EVE) }).await;
    world.wire.deliver(&OrderConfirmed { order: order(3) }).await;
    assert_eq!(world.outline().await.iter().filter(|line| *line == "ORDER_CONFIRMED EMAIL QUEUED").count(), 2);
    // And so is she, after changing her mind.
    choose(&world, &[("ORDER", "EMAIL", true), ("ORDER", "IN_APP", false)]).await;
    let shipped = events::orders::OrderSnapshot { version: 2, status: "SHIPPED".into(), ..order_of(1, ADA) };
    world.wire.deliver(&OrderUpdated { order: shipped }).await;
    let outline = world.outline().await;
    assert!(outline.contains(&"ORDER_SHIPPED EMAIL QUEUED".into()), "{outline:?}");
    assert!(outline.contains(&"ORDER_SHIPPED IN_APP SUPPRESSED".into()), "{outline:?}");
}

#[sqlx::test(migrations = false)]
async fn what_protects_the_account_cannot_be_switched_off(pool: PgPool) {
    let mut world = World::open(pool).await;
    let refused = choose(&world, &[("ORDER", "EMAIL", false), ("ACCOUNT", "EMAIL", false)]).await;
    assert_eq!(refused["preferences"], Value::Null);
    assert_eq!(refused["errors"].as_array().unwrap().len(), 1);
    let error = &refused["errors"][0];
    assert_eq!(
        (&error["__typename"], &error["category"], &error["channel"]),
        (&json!("NotificationMandatory"), &json!("ACCOUNT"), &json!("EMAIL"))
    );
    // Nothing of the refused request holds, and whatever the table says, the warning is sent.
    world.execute("alter table notifications.preference drop constraint preference_mandatory_check").await;
    sqlx::query("insert into notifications.preference values ($1, 'ACCOUNT', 'EMAIL', false)")
        .bind(user(ADA).0)
        .execute(&world.pool)
        .await
        .unwrap();
    world.wire.deliver(&PasswordChanged { user_id: user(ADA), email: "ada@example.org".parse().unwrap() }).await;
    world.wire.deliver(&OrderConfirmed { order: order_of(1, ADA) }).await;
    let outline = world.outline().await;
    assert!(outline.contains(&"PASSWORD_CHANGED EMAIL QUEUED".into()), "{outline:?}");
    assert!(outline.contains(&"ORDER_CONFIRMED EMAIL QUEUED".into()), "{outline:?}");
}

#[sqlx::test(migrations = false)]
async fn the_database_refuses_to_switch_the_warning_off_too(pool: PgPool) {
    let world = World::open(pool).await;
    let error = sqlx::query("insert into notifications.preference values ($1, 'ACCOUNT', 'EMAIL', false)")
        .bind(user(ADA).0)
        .execute(&world.pool)
        .await
        .unwrap_err();
    assert_eq!(error.as_database_error().unwrap().constraint(), Some("preference_mandatory_check"));
}

#[sqlx::test(migrations = false)]
async fn choices_are_kept_and_what_was_not_chosen_has_its_default(pool: PgPool) {
    let world = World::open(pool).await;
    let chosen = choose(&world, &[("MARKETING", "EMAIL", true), ("ORDER", "IN_APP", false)]).await;
    let expected = [
        "ORDER EMAIL true",
        "ORDER IN_APP false",
        "ACCOUNT EMAIL true",
        "ACCOUNT IN_APP true",
        "MARKETING EMAIL true",
        "MARKETING IN_APP false",
    ];
    assert_eq!(held(&chosen["preferences"]), expected);
    assert_eq!(chosen["preferences"][2]["mandatory"], true);
    let unchanged = choose(&world, &[]).await;
    assert_eq!(held(&unchanged["preferences"]), expected);
    let keys =
        json!({ "keys": [{ "__typename": "User", "id": user(ADA).0 }, { "__typename": "User", "id": user(EVE).0 }] });
    let read = world.ask(shopper(ADA), READ, keys).await;
    assert_eq!(held(&read["data"]["_entities"][0]["notificationPreferences"]), expected, "{read}");
    assert_eq!(read["data"]["_entities"][1]["notificationPreferences"], Value::Null, "not hers");
}

#[sqlx::test(migrations = false)]
async fn what_cannot_be_chosen_is_refused_and_guests_choose_nothing(pool: PgPool) {
    let world = World::open(pool).await;
    for choices in [&[("STOCK", "IN_APP", true)][..], &[("ORDER", "EMAIL", true), ("ORDER", "EMAIL", false)]] {
        let refused = choose(&world, choices).await;
        assert_eq!(refused["errors"][0]["__typename"], "InvalidInput", "{refused}");
        assert_eq!(refused["errors"][0]["field"], "preferences");
    }
    let guest = world.ask(Actor::Anonymous, UPDATE, json!({ "input": { "preferences": [] } })).await;
    assert_eq!(guest["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
}

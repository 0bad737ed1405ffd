use events::auth::PasswordChanged;
use events::inventory::StockLow;
use events::users::UserUpdated;
use sqlx::PgPool;
use uuid::Uuid;

use crate::world::{ADA, World, registered, user};

fn updated(version: i64, display_name: &str, locale: &str) -> UserUpdated {
    UserUpdated { user_id: user(ADA), version, display_name: display_name.into(), locale: locale.into() }
}

fn password_changed() -> PasswordChanged {
    PasswordChanged { user_id: user(ADA), email: "uada@example.org".parse().unwrap() }
}

#[sqlx::test(migrations = false)]
async fn who_opens_an_account_is_welcomed_once_in_their_language(pool: PgPool) {
    let mut world = World::open(pool).await;
    world.wire.deliver_twice(&registered(ADA, "de-AT")).await;
    // The same news in another event.
    world.wire.deliver(&registered(ADA, "de-AT")).await;
    let stored = world.stored().await;
    assert_eq!(world.outline().await, ["ACCOUNT_WELCOME EMAIL QUEUED"]);
    assert_eq!(stored[0].recipient.as_deref(), Some("uada@example.org"));
    assert_eq!((stored[0].locale.as_str(), stored[0].subject.as_str()), ("de", "Willkommen, Ada Lovelace"));
}

#[sqlx::test(migrations = false)]
async fn a_language_that_nobody_wrote_in_falls_back_to_english(pool: PgPool) {
    let mut world = World::open(pool).await;
    for (index, locale) in ["pt-BR", "", "de_DE", "EN-us", "not a tag"].into_iter().enumerate() {
        world.register(0x100 + index as u128, locale).await;
    }
    let locales: Vec<String> = world.stored().await.into_iter().map(|message| message.locale).collect();
    assert_eq!(locales, ["en", "en", "de", "en", "en"]);
}

#[sqlx::test(migrations = false)]
async fn every_change_of_a_password_is_told_with_the_name_and_language_of_the_profile(pool: PgPool) {
    let mut world = World::open(pool).await;
    world.register(ADA, "en").await;
    world.wire.deliver(&updated(2, "Countess", "de")).await;
    // Late: what was said before.
    world.wire.deliver(&updated(1, "Nobody", "en")).await;
    world.wire.deliver_twice(&password_changed()).await;
    world.wire.deliver(&password_changed()).await;
    let stored = world.stored().await;
    let warnings: Vec<_> = stored.iter().filter(|message| message.template == "PASSWORD_CHANGED").collect();
    assert_eq!(warnings.len(), 2, "one for each change, and none for a redelivery");
    assert_eq!(warnings[0].subject, "Ihr Passwort wurde geändert");
    assert!(warnings[0].text.starts_with("Guten Tag Countess,"), "{}", warnings[0].text);
    assert!(warnings[0].text.contains("01.01.2026 00:00 UTC"), "{}", warnings[0].text);
}

#[sqlx::test(migrations = false)]
async fn a_password_of_an_unknown_account_is_told_in_english_without_a_name(pool: PgPool) {
    let mut world = World::open(pool).await;
    world.wire.deliver(&password_changed()).await;
    let stored = world.stored().await;
    assert!(stored[0].text.starts_with("Hello,\n"), "{}", stored[0].text);
}

#[sqlx::test(migrations = false)]
async fn a_profile_that_arrives_before_the_registration_is_not_overwritten_by_it(pool: PgPool) {
    let mut world = World::open(pool).await;
    world.wire.deliver(&updated(1, "Countess", "de")).await;
    world.register(ADA, "en").await;
    assert_eq!(world.stored().await[0].subject, "Willkommen, Countess");
    let email: Option<String> =
        sqlx::query_scalar("select email from notifications.contact").fetch_one(&world.pool).await.unwrap();
    assert_eq!(email.as_deref(), Some("uada@example.org"));
}

#[sqlx::test(migrations = false)]
async fn low_stock_is_written_to_the_staffs_inbox_and_needs_no_sending(pool: PgPool) {
    let mut world = World::open(pool).await;
    let event = StockLow { variant_id: Uuid::from_u128(7).into(), available: 3, threshold: 5 };
    world.wire.deliver_twice(&event).await;
    assert_eq!(world.outline().await, ["STOCK_LOW IN_APP SENT"]);
    let stored = world.stored().await;
    assert_eq!(stored[0].subject, "Low stock: 3 left");
    assert!(stored[0].text.contains(&event.variant_id.to_string()), "{}", stored[0].text);
    assert_eq!(world.app.dispatch().await.unwrap(), 0);
    assert_eq!(world.told().await.len(), 1, "that it was written is told");
    // The stock falls again: that is news.
    world.wire.deliver(&event).await;
    assert_eq!(world.stored().await.len(), 2);
}

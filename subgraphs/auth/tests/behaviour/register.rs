use auth::domain::Role;
use kernel::Failure;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::door::{Door, PASSWORD, error, user_id};

#[sqlx::test(migrations = false)]
async fn opening_an_account_signs_in_and_tells_of_both(pool: PgPool) {
    let door = Door::open(pool).await;
    let input = json!({ "email": " Ada@Example.org", "password": PASSWORD, "displayName": " Ada ", "locale": "pt-BR",
        "userAgent": "a\nbrowser" });
    let opened = door.register(input).await;
    assert_eq!(opened["errors"], json!([]), "{opened}");
    assert_eq!(opened["expiresIn"], 600);
    assert_eq!(opened["session"]["userAgent"], "abrowser");
    let (user, session) = (&opened["user"]["id"], &opened["session"]["id"]);
    let told = door.told().await;
    let expected = json!({ "user_id": user, "email": "ada@example.org", "display_name": "Ada", "locale": "pt-BR" });
    assert_eq!(told[0], ("auth.account.registered.v1".to_owned(), expected));
    let expected = json!({ "user_id": user, "session_id": session, "user_agent": "abrowser" });
    assert_eq!(told[1], ("auth.session.started.v1".to_owned(), expected));
    assert_eq!(told.len(), 2);
}

#[sqlx::test(migrations = false)]
async fn neither_the_password_nor_the_refresh_token_is_kept(pool: PgPool) {
    let door = Door::open(pool).await;
    let opened = door.ada().await;
    let kept: (String, Vec<u8>) =
        sqlx::query_as("select a.password_hash, t.hash from auth.account a, auth.refresh_token t")
            .fetch_one(&door.pool)
            .await
            .unwrap();
    assert!(kept.0.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", kept.0);
    assert!(!kept.0.contains(PASSWORD));
    let token = opened["refreshToken"].as_str().unwrap();
    assert_eq!(token.len(), 43, "256 bits in base64url");
    assert_eq!(kept.1.len(), 32);
    assert_ne!(kept.1, token.as_bytes());
}

#[sqlx::test(migrations = false)]
async fn an_address_has_one_account_in_whatever_spelling(pool: PgPool) {
    let door = Door::open(pool).await;
    door.ada().await;
    let told = door.told().await.len();
    let again = json!({ "email": "ADA@example.ORG", "password": PASSWORD, "displayName": "Ada" });
    let refused = door.register(again).await;
    assert_eq!(error(&refused), "EmailTaken", "{refused}");
    assert_eq!((&refused["accessToken"], &refused["user"]), (&Value::Null, &Value::Null));
    assert_eq!((door.count("account").await, door.count("session").await, door.told().await.len()), (1, 1, told));
}

#[sqlx::test(migrations = false)]
async fn of_two_registrations_at_once_one_wins(pool: PgPool) {
    let door = Door::open(pool).await;
    let input = || json!({ "email": "ada@example.org", "password": PASSWORD, "displayName": "Ada" });
    let (one, other) = tokio::join!(door.register(input()), door.register(input()));
    let mut errors = [error(&one), error(&other)];
    errors.sort_unstable();
    assert_eq!(errors, ["", "EmailTaken"]);
    assert_eq!((door.count("account").await, door.told().await.len()), (1, 2));
}

#[sqlx::test(migrations = false)]
async fn what_is_wrong_is_said_at_once_and_nothing_is_written(pool: PgPool) {
    let door = Door::open(pool).await;
    let refused =
        door.register(json!({ "email": "ada@", "password": "x", "displayName": "\u{0}", "locale": "!" })).await;
    let fields: Vec<_> = refused["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str()).collect();
    assert_eq!(fields, [Some("email"), Some("displayName"), Some("locale")], "{refused}");
    for password in ["short", "Password123", "ada@example.org", &"long ".repeat(30)] {
        let input = json!({ "email": "ada@example.org", "password": password, "displayName": "Ada" });
        let refused = door.register(input).await;
        assert_eq!(error(&refused), "WeakPassword", "{refused}");
    }
    assert_eq!((door.count("account").await, door.told().await.len()), (0, 0));
}

#[sqlx::test(migrations = false)]
async fn registering_is_throttled_by_address(pool: PgPool) {
    let door = Door::open(pool).await;
    door.ada().await;
    let input = || json!({ "email": "ada@example.org", "password": PASSWORD, "displayName": "Ada" });
    for _ in 0..9 {
        assert_eq!(error(&door.register(input()).await), "EmailTaken");
    }
    let refused = door.register(input()).await;
    assert_eq!(error(&refused), "TooManyAttempts", "{refused}");
    assert_eq!(refused["errors"][0]["retryAfterSeconds"], 60);
    door.account("grace@example.org").await;
}

#[sqlx::test(migrations = false)]
async fn an_account_that_a_platform_wants_is_opened_once_and_then_left_alone(pool: PgPool) {
    let door = Door::open(pool).await;
    let app = auth::app(&door.resources);
    let ensure = |password: &'static str, role| {
        let app = app.clone();
        async move { app.ensure_account("Boss@example.org", password, "Boss", &[role]).await }
    };
    let (one, other) = tokio::join!(ensure(PASSWORD, Role::Administrator), ensure(PASSWORD, Role::Administrator));
    let id = one.unwrap();
    assert_eq!(other.unwrap(), id);
    assert_eq!(ensure("another good password", Role::Support).await.unwrap(), id);
    assert_eq!(door.told_of("auth.account.registered.v1").await.len(), 1);
    let signed_in = door.sign_in("boss@example.org", PASSWORD).await;
    assert_eq!(user_id(&signed_in), id, "the password is the first one: {signed_in}");
    let roles = app.roles_of(&[id]).await.unwrap();
    assert_eq!(roles[&id], [Role::Shopper, Role::Administrator]);
    let weak = app.ensure_account("other@example.org", "12345678", "Other", &[]).await;
    assert!(matches!(weak, Err(Failure::Problems(_))));
}

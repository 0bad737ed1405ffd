use kernel::Actor;
use serde_json::json;
use sqlx::PgPool;

use crate::door::{Door, PASSWORD, error, owner, until_waiting, user_id};

#[sqlx::test(migrations = false)]
async fn every_sign_in_is_a_session_that_its_owner_sees(pool: PgPool) {
    let door = Door::open(pool).await;
    let opened = door.ada().await;
    door.clock.advance(5);
    let second = door.sign_in("ADA@example.org ", PASSWORD).await;
    assert_eq!(second["errors"], json!([]), "{second}");
    assert_eq!(user_id(&second), user_id(&opened));
    let query =
        "query($keys: [_Any!]!) { _entities(representations: $keys) { ... on User { sessions { id userAgent } } } }";
    let keys = json!({ "keys": [{ "__typename": "User", "id": opened["user"]["id"] }] });
    let seen = door.ask(owner(&opened), query, keys.clone()).await;
    let expected = json!([{ "id": second["session"]["id"], "userAgent": "a browser" },
        { "id": opened["session"]["id"], "userAgent": null }]);
    assert_eq!(seen["data"]["_entities"][0]["sessions"], expected, "{seen}");
    for other in [Actor::Anonymous, testkit::shopper(7), testkit::staff(kernel::Scope::all())] {
        let hidden = door.ask(other, query, keys.clone()).await;
        assert_eq!(hidden["data"]["_entities"], json!([{ "sessions": null }]), "{hidden}");
    }
}

#[sqlx::test(migrations = false)]
async fn an_unknown_account_and_a_wrong_password_are_answered_alike(pool: PgPool) {
    let door = Door::open(pool).await;
    door.ada().await;
    let told = door.told().await.len();
    let wrong = door.sign_in("ada@example.org", "three lamps of pine").await;
    assert_eq!(error(&wrong), "InvalidCredentials", "{wrong}");
    for (email, password) in
        [("grace@example.org", PASSWORD), ("no address\u{0}", PASSWORD), ("ada@example.org", &*"x".repeat(1000))]
    {
        assert_eq!(door.sign_in(email, password).await, wrong, "{email}");
    }
    assert_eq!((door.count("session").await, door.told().await.len()), (1, told));
}

#[sqlx::test(migrations = false)]
async fn guessing_is_throttled_alike_whether_or_not_the_account_exists(pool: PgPool) {
    let door = Door::open(pool).await;
    door.ada().await;
    for email in ["ada@example.org", "grace@example.org"] {
        for _ in 0..10 {
            assert_eq!(error(&door.sign_in(email, "a wrong password").await), "InvalidCredentials");
        }
    }
    let known = door.sign_in("Ada@example.org", PASSWORD).await;
    assert_eq!(error(&known), "TooManyAttempts", "the right password is refused as well: {known}");
    assert_eq!(known["errors"][0]["retryAfterSeconds"], 30);
    assert_eq!(door.sign_in("grace@example.org", PASSWORD).await, known);
    door.clock.advance(29);
    assert_eq!(error(&door.sign_in("ada@example.org", PASSWORD).await), "TooManyAttempts");
    door.clock.advance(1);
    assert_eq!(door.sign_in("ada@example.org", PASSWORD).await["errors"], json!([]));
}

#[sqlx::test(migrations = false)]
async fn a_password_that_is_replaced_while_it_is_compared_opens_nothing(pool: PgPool) {
    let door = Door::open(pool).await;
    door.ada().await;
    // Holds the account, so that the sign-in has read the old hash before there is a new one.
    let mut gate = door.pool.begin().await.unwrap();
    let replaced = "update auth.account set password_hash = '$argon2id$other'";
    sqlx::query(replaced).execute(&mut *gate).await.unwrap();
    let open = async {
        until_waiting(&door.pool, 1).await;
        gate.commit().await.unwrap();
    };
    let (answer, ()) = tokio::join!(door.sign_in("ada@example.org", PASSWORD), open);
    assert_eq!(error(&answer), "InvalidCredentials", "{answer}");
    assert_eq!(door.count("session").await, 1);
}

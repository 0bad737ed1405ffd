use events::users::UserDeleted;
use serde_json::{Value, json};
use sqlx::PgPool;
use testkit::Wire;

use crate::door::{Door, PASSWORD, error, user_id};

/// Rows that tell who the owner is.
async fn traces(door: &Door, of: &Value) -> i64 {
    let rows = "select count(*) from (
            select a::text as row from auth.account a where a.id = $1
            union all select s::text from auth.session s where s.account_id = $1
        ) rows where row ~* 'ada@|somebody|argon2|browser'";
    sqlx::query_scalar(rows).bind(user_id(of).0).fetch_one(&door.pool).await.unwrap()
}

#[sqlx::test(migrations = false)]
async fn who_left_is_forgotten_and_signed_out_everywhere(pool: PgPool) {
    let door = Door::open(pool).await;
    let ada = door.sign_in_twice().await;
    let grace = door.account("grace@example.org").await;
    assert_eq!(traces(&door, &ada[0]).await, 2, "the account, and the session that named its device");
    let mut wire = Wire::open(door.pool.clone(), door.clock.clone(), auth::consumer(&door.resources)).await;
    wire.deliver_twice(&UserDeleted { user_id: user_id(&ada[0]) }).await;
    wire.deliver(&UserDeleted { user_id: user_id(&ada[0]) }).await;

    let mut ended: Vec<Value> = ada.iter().map(|session| session["session"]["id"].clone()).collect();
    let mut told: Vec<Value> = Vec::new();
    for event in door.told_of("auth.session.revoked.v1").await {
        assert_eq!((&event["user_id"], &event["reason"]), (&ada[0]["user"]["id"], &json!("ACCOUNT_DELETED")));
        told.push(event["session_id"].clone());
    }
    ended.sort_by_key(Value::to_string);
    told.sort_by_key(Value::to_string);
    assert_eq!(told, ended, "each session once");
    for session in &ada {
        assert_eq!(error(&door.refresh(&session["refreshToken"]).await), "InvalidRefreshToken");
    }
    assert_eq!(error(&door.sign_in("ada@example.org", PASSWORD).await), "InvalidCredentials");
    assert_eq!(traces(&door, &ada[0]).await, 0);
    assert_eq!(door.refresh(&grace["refreshToken"]).await["errors"], json!([]), "nobody else is concerned");
}

#[sqlx::test(migrations = false)]
async fn the_address_of_who_left_is_free_again(pool: PgPool) {
    let door = Door::open(pool).await;
    let before = door.ada().await;
    let mut wire = Wire::open(door.pool.clone(), door.clock.clone(), auth::consumer(&door.resources)).await;
    wire.deliver(&UserDeleted { user_id: user_id(&before) }).await;
    let after = door.ada().await;
    assert_ne!(user_id(&after), user_id(&before));
    // The event of the old account, late once more, is not about the new one.
    wire.deliver(&UserDeleted { user_id: user_id(&before) }).await;
    assert_eq!(door.refresh(&after["refreshToken"]).await["errors"], json!([]));
}

#[sqlx::test(migrations = false)]
async fn the_deletion_of_an_unknown_account_is_nothing_to_do(pool: PgPool) {
    let door = Door::open(pool).await;
    let mut wire = Wire::open(door.pool.clone(), door.clock.clone(), auth::consumer(&door.resources)).await;
    wire.deliver_twice(&UserDeleted { user_id: kernel::UserId(uuid::Uuid::from_u128(5)) }).await;
    assert_eq!(door.told().await.len(), 0);
}

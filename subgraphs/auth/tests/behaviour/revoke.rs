use kernel::Actor;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::door::{Door, PASSWORD, error, owner};

const REVOKE: &str = "mutation($input: SessionRevokeInput!) { sessionRevoke(input: $input) {
    session { id revokedAt } errors { __typename message ... on NotFound { id } } } }";

async fn revoke(door: &Door, actor: Actor, input: Value) -> Value {
    door.ask(actor, REVOKE, json!({ "input": input })).await["data"]["sessionRevoke"].take()
}

#[sqlx::test(migrations = false)]
async fn a_session_that_was_ended_cannot_be_refreshed_and_ending_it_twice_is_ending_it_once(pool: PgPool) {
    let door = Door::open(pool).await;
    let opened = door.ada().await;
    let second = door.sign_in("ada@example.org", PASSWORD).await;
    let id = json!({ "sessionId": second["session"]["id"] });
    let mut answers = Vec::new();
    for _ in 0..2 {
        door.clock.advance(1);
        answers.push(revoke(&door, owner(&opened), id.clone()).await);
    }
    assert_eq!(answers[0]["session"]["revokedAt"], "2026-01-01T00:00:01Z", "{answers:?}");
    assert_eq!(answers[0], answers[1]);
    let ended =
        json!([{ "user_id": opened["user"]["id"], "session_id": second["session"]["id"], "reason": "SIGNED_OUT" }]);
    assert_eq!(Value::from(door.told_of("auth.session.revoked.v1").await), ended);
    assert_eq!(error(&door.refresh(&second["refreshToken"]).await), "InvalidRefreshToken");
    assert_eq!(door.refresh(&opened["refreshToken"]).await["errors"], json!([]));
}

#[sqlx::test(migrations = false)]
async fn a_session_is_ended_by_its_refresh_token_without_an_access_token(pool: PgPool) {
    let door = Door::open(pool).await;
    let opened = door.ada().await;
    let next = door.refresh(&opened["refreshToken"]).await;
    for token in [&next["refreshToken"], &opened["refreshToken"]] {
        let ended = revoke(&door, Actor::Anonymous, json!({ "refreshToken": token })).await;
        assert_eq!(ended["session"]["id"], opened["session"]["id"], "{ended}");
    }
    assert_eq!(door.told_of("auth.session.revoked.v1").await.len(), 1);
    assert_eq!(error(&door.refresh(&next["refreshToken"]).await), "InvalidRefreshToken");
    let unknown = revoke(&door, Actor::Anonymous, json!({ "refreshToken": "nonsense" })).await;
    assert_eq!(error(&unknown), "InvalidRefreshToken", "{unknown}");
}

#[sqlx::test(migrations = false)]
async fn the_session_of_another_is_not_found(pool: PgPool) {
    let door = Door::open(pool).await;
    let ada = door.ada().await;
    let grace = door.account("grace@example.org").await;
    let id = &ada["session"]["id"];
    for actor in [Actor::Anonymous, owner(&grace), testkit::staff(kernel::Scope::all())] {
        let hidden = revoke(&door, actor, json!({ "sessionId": id })).await;
        assert_eq!((error(&hidden), &hidden["errors"][0]["id"]), ("NotFound", id), "{hidden}");
    }
    let nonsense = revoke(&door, owner(&ada), json!({ "sessionId": "nonsense" })).await;
    assert_eq!(error(&nonsense), "NotFound", "{nonsense}");
    assert_eq!(door.refresh(&ada["refreshToken"]).await["errors"], json!([]));
    for input in [json!({}), json!({ "sessionId": id, "refreshToken": ada["refreshToken"] })] {
        let refused = door.ask(owner(&ada), REVOKE, json!({ "input": input })).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{refused}");
    }
}

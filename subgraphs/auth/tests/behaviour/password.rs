use kernel::Actor;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::door::{Door, PASSWORD, error, owner};

const CHANGE: &str = "mutation($input: PasswordChangeInput!) { passwordChange(input: $input) {
    user { id } errors { __typename message } } }";
const NEW: &str = "two chairs of elm";

async fn change(door: &Door, actor: Actor, current: &str, new: &str, keep: Option<&Value>) -> Value {
    let input = json!({ "currentPassword": current, "newPassword": new, "sessionId": keep });
    door.ask(actor, CHANGE, json!({ "input": input })).await["data"]["passwordChange"].take()
}

#[sqlx::test(migrations = false)]
async fn a_new_password_replaces_the_old_and_ends_the_other_sessions(pool: PgPool) {
    let door = Door::open(pool).await;
    let here = door.ada().await;
    let there = door.sign_in("ada@example.org", PASSWORD).await;
    let grace = door.account("grace@example.org").await;
    let changed = change(&door, owner(&here), PASSWORD, NEW, Some(&here["session"]["id"])).await;
    assert_eq!(changed, json!({ "user": here["user"], "errors": [] }));
    let told = door.told().await;
    let (user, ended) = (&here["user"]["id"], &there["session"]["id"]);
    let expected = [
        (
            "auth.session.revoked.v1".to_owned(),
            json!({ "user_id": user, "session_id": ended, "reason": "PASSWORD_CHANGED" }),
        ),
        ("auth.password.changed.v1".to_owned(), json!({ "user_id": user, "email": "ada@example.org" })),
    ];
    assert_eq!(told[told.len() - 2..], expected);
    assert_eq!(error(&door.refresh(&there["refreshToken"]).await), "InvalidRefreshToken");
    for goes_on in [&here, &grace] {
        assert_eq!(door.refresh(&goes_on["refreshToken"]).await["errors"], json!([]));
    }
    assert_eq!(error(&door.sign_in("ada@example.org", PASSWORD).await), "InvalidCredentials");
    assert_eq!(door.sign_in("ada@example.org", NEW).await["errors"], json!([]));
}

#[sqlx::test(migrations = false)]
async fn without_a_session_to_keep_every_session_ends(pool: PgPool) {
    let door = Door::open(pool).await;
    let here = door.ada().await;
    assert_eq!(change(&door, owner(&here), PASSWORD, NEW, None).await["errors"], json!([]));
    assert_eq!(error(&door.refresh(&here["refreshToken"]).await), "InvalidRefreshToken");
}

#[sqlx::test(migrations = false)]
async fn who_does_not_know_the_password_or_picks_a_weak_one_changes_nothing(pool: PgPool) {
    let door = Door::open(pool).await;
    let here = door.ada().await;
    let told = door.told().await.len();
    let wrong = change(&door, owner(&here), "a wrong password", NEW, None).await;
    assert_eq!(error(&wrong), "InvalidCredentials", "{wrong}");
    let weak = change(&door, owner(&here), PASSWORD, "ada@example.org", None).await;
    assert_eq!(error(&weak), "WeakPassword", "{weak}");
    let gone = change(&door, testkit::shopper(99), PASSWORD, NEW, None).await;
    assert_eq!(error(&gone), "InvalidCredentials", "{gone}");
    let input = json!({ "input": { "currentPassword": PASSWORD, "newPassword": NEW } });
    let guest = door.ask(Actor::Anonymous, CHANGE, input).await;
    assert_eq!(guest["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{guest}");
    assert_eq!(door.told().await.len(), told);
    for _ in 0..9 {
        assert_eq!(error(&change(&door, owner(&here), "a wrong password", NEW, None).await), "InvalidCredentials");
    }
    let throttled = change(&door, owner(&here), PASSWORD, NEW, None).await;
    assert_eq!(error(&throttled), "TooManyAttempts", "{throttled}");
    assert_eq!(door.refresh(&here["refreshToken"]).await["errors"], json!([]));
}

#[sqlx::test(migrations = false)]
async fn of_two_changes_at_once_one_wins(pool: PgPool) {
    let door = Door::open(pool).await;
    let here = door.ada().await;
    let (one, other) = tokio::join!(
        change(&door, owner(&here), PASSWORD, NEW, None),
        change(&door, owner(&here), PASSWORD, "four beds of ash", None)
    );
    let mut errors = [error(&one), error(&other)];
    errors.sort_unstable();
    assert_eq!(errors, ["", "InvalidCredentials"]);
    assert_eq!(door.told_of("auth.password.changed.v1").await.len(), 1);
}

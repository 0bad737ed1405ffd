use serde_json::{Value, json};
use sqlx::PgPool;

use crate::door::{Door, PASSWORD, error, until_waiting};

const DAY: u64 = 86_400;

#[sqlx::test(migrations = false)]
async fn each_refresh_gives_new_tokens_of_the_same_session_and_prolongs_it(pool: PgPool) {
    let door = Door::open(pool).await;
    let mut latest = door.ada().await;
    // Two months in all: longer than a session lives without being used.
    for _ in 0..3 {
        door.clock.advance(20 * DAY);
        // As the service's task does every half minute.
        auth::prepare(&door.resources).await.unwrap();
        let next = door.refresh(&latest["refreshToken"]).await;
        assert_eq!(next["errors"], json!([]), "{next}");
        assert_eq!((&next["session"]["id"], &next["user"]), (&latest["session"]["id"], &latest["user"]));
        assert_ne!(next["refreshToken"], latest["refreshToken"]);
        assert_ne!(next["accessToken"], latest["accessToken"]);
        latest = next;
    }
    assert_eq!(latest["session"]["lastUsedAt"], "2026-03-02T00:00:00Z");
    assert_eq!(latest["session"]["expiresAt"], "2026-04-01T00:00:00Z");
}

#[sqlx::test(migrations = false)]
async fn a_session_that_is_not_used_for_thirty_days_is_over(pool: PgPool) {
    let door = Door::open(pool).await;
    let opened = door.ada().await;
    door.clock.advance(30 * DAY);
    auth::prepare(&door.resources).await.unwrap();
    let refused = door.refresh(&opened["refreshToken"]).await;
    assert_eq!(error(&refused), "InvalidRefreshToken", "{refused}");
    let app = auth::app(&door.resources);
    app.forget_sessions().await.unwrap();
    assert_eq!(door.count("session").await, 1, "it is kept for a while");
    door.clock.advance(30 * DAY + 1);
    app.forget_sessions().await.unwrap();
    assert_eq!((door.count("session").await, door.count("refresh_token").await), (0, 0));
}

#[sqlx::test(migrations = false)]
async fn a_token_that_is_used_again_ends_its_session_and_no_other(pool: PgPool) {
    let door = Door::open(pool).await;
    let opened = door.ada().await;
    let other = door.sign_in("ada@example.org", PASSWORD).await;
    let second = door.refresh(&opened["refreshToken"]).await;
    let third = door.refresh(&second["refreshToken"]).await;
    for _ in 0..2 {
        assert_eq!(error(&door.refresh(&opened["refreshToken"]).await), "InvalidRefreshToken");
    }
    let ended =
        json!([{ "user_id": opened["user"]["id"], "session_id": opened["session"]["id"], "reason": "TOKEN_REUSED" }]);
    assert_eq!(Value::from(door.told_of("auth.session.revoked.v1").await), ended, "told once");
    assert_eq!(error(&door.refresh(&third["refreshToken"]).await), "InvalidRefreshToken", "the newest one as well");
    assert_eq!(door.refresh(&other["refreshToken"]).await["errors"], json!([]), "the other device goes on");
}

#[sqlx::test(migrations = false)]
async fn what_is_no_token_is_refused(pool: PgPool) {
    let door = Door::open(pool).await;
    door.ada().await;
    for token in ["", "nonsense\u{0}", &"x".repeat(10_000)] {
        assert_eq!(error(&door.refresh(&token.into()).await), "InvalidRefreshToken", "{token:?}");
    }
    assert_eq!(door.told_of("auth.session.revoked.v1").await.len(), 0);
}

#[sqlx::test(migrations = false)]
async fn of_two_refreshes_at_the_same_time_one_wins_and_the_session_goes_on(pool: PgPool) {
    let door = Door::open(pool).await;
    let opened = door.ada().await;
    let token = &opened["refreshToken"];
    // Holds the token, so that both requests have seen it unused before either can use it.
    let mut gate = door.pool.begin().await.unwrap();
    sqlx::query("select 1 from auth.refresh_token for update").execute(&mut *gate).await.unwrap();
    let open = async {
        until_waiting(&door.pool, 2).await;
        gate.rollback().await.unwrap();
    };
    let (one, other, ()) = tokio::join!(door.refresh(token), door.refresh(token), open);
    let (winner, loser) = if one["errors"] == json!([]) { (one, other) } else { (other, one) };
    assert_eq!((&winner["errors"], error(&loser)), (&json!([]), "InvalidRefreshToken"));
    assert_eq!(door.count("refresh_token where used_at is null").await, 1);
    assert_eq!(door.told_of("auth.session.revoked.v1").await.len(), 0, "coming together is no theft");
    assert_eq!(door.refresh(&winner["refreshToken"]).await["errors"], json!([]));
}

#[sqlx::test(migrations = false)]
async fn whatever_the_timing_a_token_is_used_once(pool: PgPool) {
    let door = Door::open(pool).await;
    let opened = door.ada().await;
    let token = &opened["refreshToken"];
    let (a, b, c, d) = tokio::join!(door.refresh(token), door.refresh(token), door.refresh(token), door.refresh(token));
    let won = [a, b, c, d].iter().filter(|answer| answer["errors"] == json!([])).count();
    assert_eq!((won, door.count("refresh_token").await), (1, 2));
}

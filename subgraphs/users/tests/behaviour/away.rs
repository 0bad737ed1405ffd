use std::time::{Duration, Instant};

use gql::TokenVerifier;
use serde_json::{Value, json};
use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use users::Resources;

use crate::desk::{Desk, UPDATE, VIEWER, actor, user};

fn rename(name: &str) -> Value {
    json!({ "input": { "displayName": name } })
}

fn try_again() -> Value {
    json!({ "code": "UNAVAILABLE", "retryable": true })
}

#[sqlx::test(migrations = false)]
async fn a_connection_that_is_cut_in_the_middle_is_worth_another_try_and_leaves_nothing_half_done(pool: PgPool) {
    let desk = Desk::staffed(pool).await;
    let before = desk.stored().await;
    let mut holds = desk.pool.begin().await.unwrap();
    let lock = "select id from users.user_profile where id = $1 for update";
    sqlx::query(lock).bind(user(1).0).execute(&mut *holds).await.unwrap();

    let waits = desk.ask(actor(1, &[]), UPDATE, rename("Ada L."));
    let cut = async {
        let sql = "select count(pg_terminate_backend(pid)) from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'";
        while sqlx::query_scalar::<_, i64>(sql).fetch_one(&desk.pool).await.unwrap() == 0 {}
    };
    let (answer, ()) = tokio::join!(waits, cut);
    assert_eq!(answer["errors"][0]["extensions"], try_again(), "{answer}");
    holds.rollback().await.unwrap();
    assert_eq!(desk.stored().await, before);

    let again = desk.ask(actor(1, &[]), UPDATE, rename("Ada L.")).await;
    assert_eq!(again["data"]["userUpdate"]["user"]["displayName"], "Ada L.", "{again}");
}

#[sqlx::test(migrations = false)]
async fn while_the_database_refuses_connections_every_answer_says_so(pool: PgPool) {
    let desk = Desk::staffed(pool).await;
    let nobody = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let away = PgConnectOptions::new_without_pgpass().host("127.0.0.1").port(nobody).username("techcorp");
    let pool = PgPoolOptions::new().acquire_timeout(Duration::from_millis(200)).connect_lazy_with(away);
    let api = users::api(&Resources {
        pool,
        clock: desk.clock.clone(),
        outbox: messaging::Outbox::new(users::NAME),
        verifier: TokenVerifier::untrusting().into(),
    });
    for (query, variables) in [(VIEWER, json!({})), (UPDATE, rename("Ada L."))] {
        let asked = Instant::now();
        let answer = testkit::ask(&api, actor(1, &[]), query, variables).await;
        assert_eq!(answer["errors"][0]["extensions"], try_again(), "{answer}");
        assert!(asked.elapsed() < Duration::from_secs(5), "{:?}", asked.elapsed());
    }
}

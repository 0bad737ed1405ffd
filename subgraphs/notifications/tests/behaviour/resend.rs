use events::orders::OrderConfirmed;
use events::users::UserDeleted;
use kernel::Scope;
use notifications::domain::Problem;
use serde_json::{Value, json};
use sqlx::PgPool;
use testkit::staff;
use uuid::Uuid;

use crate::world::{ADA, Answer, World, order_of, user};

const RESEND: &str = "mutation($id: ID!, $key: String!) { messageResend(input: { id: $id, idempotencyKey: $key }) {
    message { id subject status recipient delivery { resendOf } }
    errors { __typename message ... on MessageNotResendable { status } ... on InvalidInput { field } } } }";

async fn resend(world: &World, id: impl serde::Serialize, key: &str) -> Value {
    let mut answer = world.ask(staff([Scope::NotificationsRead]), RESEND, json!({ "id": id, "key": key })).await;
    assert_eq!(answer.get("errors"), None, "{answer}");
    answer["data"]["messageResend"].take()
}

#[sqlx::test(migrations = false)]
async fn a_failed_message_is_sent_again_under_its_own_id_once_per_key(pool: PgPool) {
    let mut world = World::open(pool).await;
    world.queue_one().await;
    world.channel.will([Answer::Refuses("550 full")]);
    world.app.dispatch().await.unwrap();
    let original = world.stored().await.remove(0);
    let first = resend(&world, original.id, "k1").await;
    assert_eq!(first["errors"], json!([]));
    assert_eq!(first["message"]["delivery"]["resendOf"], json!(original.id));
    assert_eq!(first["message"]["subject"], json!(original.subject));
    assert_ne!(first["message"]["id"], json!(original.id));
    assert_eq!(resend(&world, original.id, "k1").await["message"]["id"], first["message"]["id"], "the same answer");
    assert_eq!(
        resend(&world, first["message"]["id"].clone(), "k1").await["errors"][0]["__typename"],
        "IdempotencyConflict"
    );
    world.channel.seen();
    while world.app.dispatch().await.unwrap() > 0 {}
    let seen = world.channel.seen();
    assert_eq!((seen.len(), json!(seen[0].id.0)), (1, first["message"]["id"].clone()));
    // Answered the same when it has left.
    assert_eq!(resend(&world, original.id, "k1").await["message"]["status"], "SENT");
    assert_eq!(world.outline().await, ["ORDER_CONFIRMED EMAIL FAILED", "ORDER_CONFIRMED EMAIL SENT"]);
}

#[sqlx::test(migrations = false)]
async fn two_at_once_with_the_same_key_make_one_message(pool: PgPool) {
    let mut world = World::open(pool).await;
    world.queue_one().await;
    world.app.dispatch().await.unwrap();
    let id = world.stored().await[0].id.into();
    let again =
        |app: notifications::app::App| tokio::spawn(async move { app.resend(user(ADA), id, "k").await.unwrap().id });
    let (one, other) = (again(world.app.clone()), again(world.app.clone()));
    assert_eq!(one.await.unwrap(), other.await.unwrap());
    assert_eq!(world.stored().await.len(), 2);
}

#[sqlx::test(migrations = false)]
async fn what_waits_what_is_unwanted_and_what_is_erased_is_not_sent_again(pool: PgPool) {
    let mut world = World::open(pool).await;
    world.wire.deliver(&OrderConfirmed { order: order_of(1, ADA) }).await;
    let stored = world.stored().await;
    let (email, in_app) = (stored[0].id, stored[1].id);
    let refused = resend(&world, email, "k").await;
    assert_eq!(
        (&refused["errors"][0]["__typename"], &refused["errors"][0]["status"]),
        (&json!("MessageNotResendable"), &json!("QUEUED"))
    );
    assert_eq!(resend(&world, in_app, "k").await["errors"][0]["__typename"], "MessageNotResendable");
    world.app.dispatch().await.unwrap();
    world.wire.deliver(&UserDeleted { user_id: user(ADA) }).await;
    assert_eq!(resend(&world, email, "k").await["errors"][0]["__typename"], "MessageNotResendable");
    for unknown in ["nonsense".to_owned(), Uuid::from_u128(9).to_string()] {
        assert_eq!(resend(&world, unknown, "k").await["errors"][0]["__typename"], "NotFound");
    }
    for key in ["", "a\0b", &"k".repeat(129)] {
        let refused = resend(&world, email, key).await;
        assert_eq!(refused["errors"][0]["field"], "idempotencyKey", "{refused}");
    }
    assert_eq!(world.stored().await.len(), 2);
}

#[sqlx::test(migrations = false)]
async fn a_copy_made_while_the_account_is_deleted_is_not_left_behind(pool: PgPool) {
    let mut world = World::open(pool).await;
    world.register(ADA, "en").await;
    world.app.dispatch().await.unwrap();
    let id = world.stored().await[0].id.into();
    // The deletion has begun, and has the contact.
    let mut deletion = world.pool.begin().await.unwrap();
    world.app.user_deleted(&mut deletion, user(ADA)).await.unwrap();
    let app = world.app.clone();
    let copy = tokio::spawn(async move { app.resend(user(ADA), id, "k").await });
    // The copy waits for the deletion: seen from the database, by its lock.
    let waiting =
        "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    while sqlx::query_scalar::<_, i64>(waiting).fetch_one(&world.pool).await.unwrap() == 0 && !copy.is_finished() {
        tokio::task::yield_now().await;
    }
    deletion.commit().await.unwrap();
    let refused = copy.await.unwrap();
    assert!(
        matches!(&refused, Err(kernel::Failure::Problems(problems)) if matches!(problems[..], [Problem::NotResendable(_)])),
        "{refused:?}"
    );
    assert!(!world.everything().await.contains("uada@"));
}

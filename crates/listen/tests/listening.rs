//! One connection for all channels, and what is heard over it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::Duration;

use listen::Notifications;
use sqlx::PgPool;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::task::JoinHandle;
use tokio::time::timeout;

const PATIENCE: Duration = Duration::from_secs(30);

/// What is heard on the channel, after the first look.
async fn hearing(
    notifications: &Notifications,
    channel: &'static str,
) -> (UnboundedReceiver<Option<String>>, JoinHandle<()>) {
    let (send, mut heard) = unbounded_channel();
    let notifications = notifications.clone();
    let task = tokio::spawn(async move {
        notifications.listen(channel, |payload| drop(send.send(payload.map(str::to_owned)))).await;
    });
    assert_eq!(next(&mut heard).await, None, "told to look when it begins");
    (heard, task)
}

async fn next(heard: &mut UnboundedReceiver<Option<String>>) -> Option<String> {
    timeout(PATIENCE, heard.recv()).await.unwrap().unwrap()
}

async fn notify(pool: &PgPool, channel: &str, payload: &str) {
    sqlx::query("select pg_notify($1, $2)").bind(channel).bind(payload).execute(pool).await.unwrap();
}

const LISTENERS: &str = "select pid from pg_stat_activity where datname = current_database() and query like 'LISTEN%' and pid <> pg_backend_pid()";

async fn listeners(pool: &PgPool) -> Vec<i32> {
    sqlx::query_scalar(LISTENERS).fetch_all(pool).await.unwrap()
}

#[sqlx::test(migrations = false)]
async fn each_hears_its_own_channel_and_all_share_one_connection(pool: PgPool) {
    let notifications = Notifications::over(pool.clone());
    let (mut one, _) = hearing(&notifications, "one").await;
    let (mut other, _) = hearing(&notifications, "Other").await;
    let (mut also_one, _) = hearing(&notifications, "one").await;
    assert_eq!(listeners(&pool).await.len(), 1);
    for (channel, payload) in [("one", "1"), ("nobody's", "2"), ("Other", "3"), ("one", "")] {
        notify(&pool, channel, payload).await;
    }
    for heard in [&mut one, &mut also_one] {
        assert_eq!((next(heard).await, next(heard).await), (Some("1".to_owned()), Some(String::new())));
    }
    assert_eq!(next(&mut other).await, Some("3".to_owned()));
    assert!(one.is_empty() && also_one.is_empty() && other.is_empty());
}

#[sqlx::test(migrations = false)]
async fn after_a_lost_connection_everybody_is_told_to_look_and_hears_again(pool: PgPool) {
    let notifications = Notifications::over(pool.clone());
    let (mut one, _) = hearing(&notifications, "one").await;
    let (mut other, _) = hearing(&notifications, "other").await;
    for pid in listeners(&pool).await {
        sqlx::query("select pg_terminate_backend($1)").bind(pid).execute(&pool).await.unwrap();
    }
    assert_eq!((next(&mut one).await, next(&mut other).await), (None, None));
    notify(&pool, "one", "again").await;
    assert_eq!(next(&mut one).await, Some("again".to_owned()));
}

#[sqlx::test(migrations = false)]
async fn one_that_no_longer_listens_does_not_keep_the_others_from_hearing(pool: PgPool) {
    let notifications = Notifications::over(pool.clone());
    let (_, gone) = hearing(&notifications, "one").await;
    let (mut one, _) = hearing(&notifications, "one").await;
    gone.abort();
    assert!(gone.await.unwrap_err().is_cancelled());
    notify(&pool, "one", "1").await;
    notify(&pool, "one", "2").await;
    assert_eq!((next(&mut one).await, next(&mut one).await), (Some("1".to_owned()), Some("2".to_owned())));
}

#[sqlx::test(migrations = false)]
async fn a_pool_that_is_closed_does_not_wait_for_who_listens(pool: PgPool) {
    let notifications = Notifications::over(pool.clone());
    let (_heard, listening) = hearing(&notifications, "one").await;
    timeout(PATIENCE, pool.close()).await.unwrap();
    assert!(!listening.is_finished(), "it waits for ever, as it promises");
    listening.abort();
}

//! The task that sends what waits.

use std::time::Duration;

use chassis::Task;
use sqlx::PgPool;
use tokio::sync::Notify;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use crate::app::App;

/// Where the database says that a message was queued.
const CHANNEL: &str = "notifications_work";
/// How long a message waits when that was not heard; also how precisely a repeated attempt is on time.
const POLL: Duration = Duration::from_secs(1);

/// Sends until it is told to stop; the messages under way are finished first.
pub(crate) fn sender(pool: PgPool, app: App) -> Task {
    Task::new("notifications-sender", async move |stop: CancellationToken| {
        let queued = Notify::new();
        let listening = chassis::listen(&pool, CHANNEL, |_| queued.notify_one());
        let sending = async {
            while !stop.is_cancelled() {
                match app.dispatch().await {
                    // There may be more.
                    Ok(taken) if taken > 0 => continue,
                    Ok(_) => {}
                    Err(fault) => tracing::error!(%fault, "cannot send messages; tries again"),
                }
                tokio::select! { () = stop.cancelled() => {} () = queued.notified() => {} () = sleep(POLL) => {} }
            }
        };
        tokio::select! { () = sending => {} () = listening => {} }
    })
}

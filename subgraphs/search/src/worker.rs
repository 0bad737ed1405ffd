//! The task that keeps the index of products up to date.

use std::time::Duration;

use chassis::Task;
use sqlx::PgPool;
use tokio::sync::Notify;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use crate::app::App;

/// Where the database says that a document changed.
const CHANNEL: &str = "search_changed";
/// How long a change waits when that was not heard.
const POLL: Duration = Duration::from_secs(1);

/// Indexes until it is told to stop; the step under way is finished first.
pub(crate) fn indexer(pool: PgPool, app: App) -> Task {
    Task::new("search-indexer", async move |stop: CancellationToken| {
        let changed = Notify::new();
        let listening = chassis::listen(&pool, CHANNEL, |_| changed.notify_one());
        let indexing = async {
            while !stop.is_cancelled() {
                match app.index_step().await {
                    // There may be more.
                    Ok(indexed) if indexed > 0 => continue,
                    Ok(_) => {}
                    Err(fault) => tracing::error!(%fault, "cannot index; tries again"),
                }
                tokio::select! { () = stop.cancelled() => {} () = changed.notified() => {} () = sleep(POLL) => {} }
            }
        };
        tokio::select! { () = indexing => {} () = listening => {} }
    })
}

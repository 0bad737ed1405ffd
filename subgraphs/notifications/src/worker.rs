//! The task that sends what waits.

use chassis::Task;
use sqlx::PgPool;

use crate::app::App;

/// Where the database says that a message was queued.
const CHANNEL: &str = "notifications_work";

/// Sends until it is told to stop; the messages under way are finished first.
pub(crate) fn sender(pool: PgPool, app: App) -> Task {
    Task::woken("notifications-sender", pool, CHANNEL, move || {
        let app = app.clone();
        async move { app.dispatch().await }
    })
}

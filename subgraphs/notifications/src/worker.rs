//! The task that sends what waits.

use chassis::Task;

use crate::app::App;

/// Where the database says that a message was queued.
const CHANNEL: &str = "notifications_work";

/// Sends until it is told to stop; the messages under way are finished first.
pub(crate) fn sender(app: App) -> Task {
    Task::woken("notifications-sender", CHANNEL, move || {
        let app = app.clone();
        async move { app.dispatch().await }
    })
}

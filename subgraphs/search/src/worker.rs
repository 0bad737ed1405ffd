//! The task that keeps the index of products up to date.

use chassis::Task;
use sqlx::PgPool;

use crate::app::App;

/// Where the database says that a document changed.
const CHANNEL: &str = "search_changed";

/// Indexes until it is told to stop; the step under way is finished first.
pub(crate) fn indexer(pool: PgPool, app: App) -> Task {
    Task::woken("search-indexer", pool, CHANNEL, move || {
        let app = app.clone();
        async move { app.index_step().await }
    })
}

//! The task that keeps the index of products up to date.

use std::sync::Arc;

use chassis::Task;
use resilience::lock::Turn;
use sqlx::PgPool;
use tokio_util::sync::CancellationToken;

use crate::app::App;

/// Where the database says that a document changed.
const CHANNEL: &str = "search_changed";

const NAME: &str = "search-indexer";

/// Indexes when it is this process's turn, until it is told to stop; the step under way is finished first. Documents have versions, so
/// two that index at once only do the work twice.
pub(crate) fn indexer(pool: PgPool, app: App, turn: Turn) -> Task {
    Task::new(NAME, async move |stop: CancellationToken| {
        let turn = Arc::new(turn);
        let of_step = turn.clone();
        let index = Task::woken(NAME, pool, CHANNEL, move || {
            let (app, turn) = (app.clone(), of_step.clone());
            // Nothing to do here while another has the turn.
            async move { turn.run(app.index_step()).await.unwrap_or(Ok(0)) }
        });
        if let Err(error) = index.spawn(stop).await {
            tracing::error!(task = NAME, %error, "ended badly");
        }
        turn.leave().await;
    })
}

//! The task that keeps the index of products up to date.

use std::sync::Arc;

use chassis::{Notifications, Task};
use resilience::lock::Turn;
use tokio_util::sync::CancellationToken;

use crate::app::App;

/// Where the database says that a document changed.
const CHANNEL: &str = "search_changed";

const NAME: &str = "search-indexer";

/// Indexes when it is this process's turn, until a step fails or it is told to stop; the step under way is finished first. Documents have versions, so
/// two that index at once only do the work twice.
pub(crate) fn indexer(app: App, turn: Turn) -> Task {
    Task::listening(NAME, async move |stop: CancellationToken, notifications: Notifications| {
        let turn = Arc::new(turn);
        let of_step = turn.clone();
        let index = Task::woken(NAME, CHANNEL, move || {
            let (app, turn) = (app.clone(), of_step.clone());
            async move {
                match turn.run(app.index_step()).await {
                    Some(Err(fault)) => {
                        // Another may reach what this one does not.
                        turn.leave().await;
                        Err(fault)
                    }
                    Some(done) => done,
                    None => Ok(app.stand_by()),
                }
            }
        });
        if let Err(error) = index.spawn(stop, &notifications).await {
            tracing::error!(task = NAME, %error, "ended badly");
        }
        turn.leave().await;
    })
}

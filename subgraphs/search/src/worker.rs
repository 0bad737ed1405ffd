//! The tasks that keep the indexes up to date.

use std::future::Future;
use std::sync::Arc;

use chassis::{Notifications, Task};
use kernel::Fault;
use resilience::lock::Turn;
use tokio_util::sync::CancellationToken;

use crate::app::{App, stand_by};

const NAME: &str = "search-indexer";

/// Keeps the index of products up to date, and that of orders, if there is one. Each has its turn and its pace: making the one anew does
/// not keep the other waiting.
pub(crate) fn indexers(app: &App, turn: impl Fn(&str) -> Turn) -> Vec<Task> {
    let products = app.clone();
    // Where the database says that a document changed.
    let products = indexer("products", "search_changed", turn("products"), move || {
        let app = products.clone();
        async move { app.index_products().await }
    });
    let mut tasks = vec![products];
    if app.follows_orders() {
        let app = app.clone();
        // Orders change all the time, so what changed is taken in once a second, together: only of a person who left is it told at once.
        tasks.push(indexer("orders", "search_orders_changed", turn("orders"), move || {
            let app = app.clone();
            async move { app.index_orders().await }
        }));
    }
    tasks
}

/// Indexes when it is this process's turn, until a step fails or it is told to stop; the step under way is finished first. Documents have
/// versions, so two that index at once only do the work twice.
fn indexer<F>(
    index: &'static str,
    channel: &'static str,
    turn: Turn,
    step: impl Fn() -> F + Send + Sync + 'static,
) -> Task
where
    F: Future<Output = Result<usize, Fault>> + Send + 'static,
{
    Task::listening(NAME, async move |stop: CancellationToken, notifications: Notifications| {
        let turn = Arc::new(turn);
        let of_step = turn.clone();
        let index = Task::woken(NAME, channel, move || {
            let (turn, step) = (of_step.clone(), step());
            async move {
                match turn.run(step).await {
                    Some(Err(fault)) => {
                        // Another may reach what this one does not.
                        turn.leave().await;
                        Err(fault)
                    }
                    Some(done) => done,
                    None => Ok(stand_by(index)),
                }
            }
        });
        if let Err(error) = index.spawn(stop, &notifications).await {
            tracing::error!(task = NAME, %error, "ended badly");
        }
        turn.leave().await;
    })
}

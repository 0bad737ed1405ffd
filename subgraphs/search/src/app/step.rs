use kernel::Fault;
use metrics::{counter, gauge};

use super::change::change;
use super::{App, Reached};
use crate::store::product;

/// Documents of one step.
pub(super) const BATCH: i64 = 500;

impl App {
    /// Brings the next changed documents into the index; how many there were. Zero means that the index is up to date. An
    /// index that cannot be continued is made anew beside it first, whole.
    ///
    /// The number that was reached is kept in the index itself, after the documents: a process that dies in between does the
    /// step again.
    ///
    /// # Errors
    /// The database's and the index's.
    ///
    /// It tells `search_index_steps_total{outcome}` with the outcomes `done` and `failed`, and `search_index_lag_changes`: how many
    /// numbers of changes the index was behind the database when the step began.
    pub async fn index_step(&self) -> Result<usize, Fault> {
        let step = self.step().await;
        let outcome = if step.is_ok() { "done" } else { "failed" };
        counter!("search_index_steps_total", "outcome" => outcome).increment(1);
        step
    }

    /// Nothing is done here while another process indexes, and how far that one is behind, that one tells.
    pub(crate) fn stand_by(&self) -> usize {
        gauge!("search_index_lag_changes").set(0.0);
        0
    }

    async fn step(&self) -> Result<usize, Fault> {
        let reached = self.index.reached().await?;
        let mut conn = self.pool.acquire().await?;
        let source = product::source(&mut conn).await?;
        let known = if reached.source == source.id { reached.seq } else { 0 };
        gauge!("search_index_lag_changes").set(source.seq.saturating_sub(known).max(0) as f64);
        // An index of another database, or of this one before it was set back, cannot be continued.
        if reached.source != source.id || reached.seq > source.seq {
            drop(conn);
            tracing::info!(from = %reached.source, "the index does not belong to this database: it is made");
            return self.rebuild(|_| ()).await;
        }
        let documents = product::changed_after(&mut conn, reached.seq, BATCH).await?;
        // Others may have it while the index is written.
        drop(conn);
        let Some(seq) = documents.last().map(|last| last.seq) else { return Ok(0) };
        let count = documents.len();
        let changes = documents.into_iter().map(change).collect();
        let applied = self.index.apply(changes, Reached { seq, ..reached }).await;
        if applied.is_err() {
            self.index.reopen().await;
        }
        applied.map(|()| count)
    }
}

use kernel::Fault;
use metrics::{counter, gauge};

use super::documents::{After, Documents};
use super::{App, Follows, Indexed, IndexedOrder, Reached};

/// Documents of one step.
pub(super) const BATCH: i64 = 500;

/// Bringing what changed into the indexes. A step takes in the next changed documents and tells how many there were; zero means that
/// the index is up to date. An index that cannot be continued is made anew beside it first, whole.
///
/// The number that was reached is kept in the index itself, after the documents: a process that dies in between does the step again.
///
/// A step tells `search_index_steps_total{index, outcome}` with the outcomes `done` and `failed`, and `search_index_lag_changes{index}`:
/// how many numbers of changes the index was behind the database when the step began. The indexes are `products` and `orders`.
impl App {
    /// A step of the index of products.
    ///
    /// # Errors
    /// The database's and the index's.
    pub async fn index_products(&self) -> Result<usize, Fault> {
        self.counted::<Indexed>(&*self.index).await
    }

    /// A step of the index of orders; none is needed when their documents themselves are searched.
    ///
    /// # Errors
    /// The database's and the index's.
    pub async fn index_orders(&self) -> Result<usize, Fault> {
        match self.orders.follows() {
            Some(index) => self.counted::<IndexedOrder>(index).await,
            None => Ok(0),
        }
    }

    /// Whether there is an index of orders to bring up to date.
    pub(crate) fn follows_orders(&self) -> bool {
        self.orders.follows().is_some()
    }

    async fn counted<T: Documents>(&self, index: &dyn Follows<T>) -> Result<usize, Fault> {
        let step = self.step(index).await;
        let outcome = if step.is_ok() { "done" } else { "failed" };
        counter!("search_index_steps_total", "index" => T::NAME, "outcome" => outcome).increment(1);
        step
    }

    async fn step<T: Documents>(&self, index: &dyn Follows<T>) -> Result<usize, Fault> {
        let reached = index.reached().await?;
        let mut conn = self.pool.acquire().await?;
        let source = T::source(&mut conn).await?;
        let known = if reached.source == source.id { reached.seq } else { 0 };
        tell_lag(T::NAME, source.seq.saturating_sub(known).max(0));
        // An index of another database, or of this one before it was set back, cannot be continued.
        if reached.source != source.id || reached.seq > source.seq {
            drop(conn);
            tracing::info!(index = T::NAME, from = %reached.source, "the index does not belong to this database: it is made");
            return self.remake(index, &mut |_| ()).await;
        }
        let changes = T::changed_after(&mut conn, After::number(reached.seq), BATCH).await?;
        // Others may have it while the index is written.
        drop(conn);
        let Some(seq) = changes.last().map(|last| last.seq) else { return Ok(0) };
        let count = changes.len();
        let applied = index.apply(changes, Reached { seq, ..reached }).await;
        if applied.is_err() {
            index.reopen().await;
        }
        applied.map(|()| count)
    }
}

/// Nothing is done here while another process indexes, and how far that one is behind, that one tells.
pub(crate) fn stand_by(index: &'static str) -> usize {
    tell_lag(index, 0);
    0
}

fn tell_lag(index: &'static str, changes: i64) {
    gauge!("search_index_lag_changes", "index" => index).set(changes as f64);
}

use kernel::Fault;

use super::documents::{After, Documents};
use super::step::BATCH;
use super::{App, Follows};
use crate::store;

/// How far the making of a new index has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What is made an index of: `products` or `orders`.
    pub of: &'static str,
    /// Documents taken in so far; one that changes meanwhile is taken in again.
    pub done: usize,
    /// Documents there were when it began.
    pub total: usize,
}

impl App {
    /// Makes the indexes anew from the documents, first that of products and then that of orders, if there is one; how many documents
    /// they took in.
    ///
    /// Each is filled beside the one that is searched, and put in that one's place at once. Searching goes on meanwhile. What changes
    /// meanwhile is not lost: the new index says up to which number of a change it holds everything, and the indexer goes on from there.
    ///
    /// # Errors
    /// The database's and the index's; `Unavailable` when an index is being made already.
    pub async fn rebuild(&self, mut progress: impl FnMut(Progress) + Send) -> Result<usize, Fault> {
        let products = self.remake(&*self.index, &mut progress).await?;
        let orders = match self.orders.follows() {
            Some(index) => self.remake(index, &mut progress).await?,
            None => 0,
        };
        Ok(products.saturating_add(orders))
    }

    /// Makes one index anew.
    pub(super) async fn remake<T: Documents>(
        &self,
        index: &dyn Follows<T>,
        progress: &mut (impl FnMut(Progress) + Send),
    ) -> Result<usize, Fault> {
        // Held until the end, by whoever makes one: two would throw away each other's.
        let mut turn = self.pool.begin().await?;
        if !store::claim_rebuild(&mut turn, T::MAKES).await? {
            return Err(Fault::unavailable("another process makes the index"));
        }
        let conn = &mut *turn;
        let (source, total) = (T::source(conn).await?, usize::try_from(T::count(conn).await?)?);
        let mut made = index.begin().await?;
        let (mut after, mut done) = (After::NOTHING, 0_usize);
        progress(Progress { of: T::NAME, done, total });
        loop {
            let changes = T::changed_after(conn, after, BATCH).await?;
            let Some(last) = changes.last() else { break };
            (after, done) = (After { seq: last.seq, id: last.id }, done.saturating_add(changes.len()));
            made.add(changes).await?;
            progress(Progress { of: T::NAME, done, total });
        }
        made.finish(source.id, after.seq).await?;
        turn.commit().await?;
        tracing::info!(index = T::NAME, documents = done, "the index was made");
        Ok(done)
    }
}

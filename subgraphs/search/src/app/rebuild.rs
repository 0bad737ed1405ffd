use kernel::Fault;

use super::App;
use super::change::change;
use super::step::BATCH;
use crate::store::{self, product};

/// How far the making of a new index has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Documents taken in so far; one that changes meanwhile is taken in again.
    pub done: usize,
    /// Documents there were when it began.
    pub total: usize,
}

impl App {
    /// Makes the index anew from the documents, beside the one that is searched, and puts it in that one's place at once;
    /// how many documents it took in. Searching goes on meanwhile. What changes meanwhile is not lost: the new index says
    /// up to which number of a change it holds everything, and the indexer goes on from there.
    ///
    /// # Errors
    /// The database's and the index's; `Unavailable` when an index is being made already.
    pub async fn rebuild(&self, mut progress: impl FnMut(Progress) + Send) -> Result<usize, Fault> {
        // Held until the end, by whoever makes one: two would throw away each other's.
        let mut turn = self.pool.begin().await?;
        if !store::claim_rebuild(&mut turn).await? {
            return Err(Fault::unavailable("another process makes the index"));
        }
        let conn = &mut *turn;
        let (source, total) = (product::source(conn).await?, usize::try_from(product::count(conn).await?)?);
        let mut made = self.index.begin().await?;
        let (mut seq, mut done) = (0, 0_usize);
        progress(Progress { done, total });
        loop {
            let documents = product::changed_after(conn, seq, BATCH).await?;
            let Some(last) = documents.last() else { break };
            (seq, done) = (last.seq, done.saturating_add(documents.len()));
            made.add(documents.into_iter().map(change).collect()).await?;
            progress(Progress { done, total });
        }
        made.finish(source.id, seq).await?;
        turn.commit().await?;
        tracing::info!(documents = done, "the index was made");
        Ok(done)
    }
}

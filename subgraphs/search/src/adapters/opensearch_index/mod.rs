//! Indexes on an OpenSearch server, which several processes share.
//!
//! The alias `<prefix>products` is searched; behind it is one index `<prefix>products-v<number>`. One that is filled has the
//! alias `<prefix>products-new` until it takes the other's place. Documents have the number of their change as their version,
//! so of several writers the one with the latest news wins, whoever comes first. It is the same with `orders`.

mod build;
mod client;
mod held;
mod mapping;
mod orders;
mod products;
mod query;
mod search;
mod server;
mod shared;

use std::sync::Arc;

use async_trait::async_trait;
use kernel::{Clock, Fault};
use opensearch::params::Refresh;

use crate::app::{Change, Follows, Indexed, IndexedOrder, NewIndex, Reached};
use client::READ;
use held::Held;
pub use server::Server;
use shared::Shared;

/// The index of products on an OpenSearch server.
pub type OpenSearchProducts = OpenSearchIndex<Indexed>;
/// The index of orders on an OpenSearch server.
pub type OpenSearchOrders = OpenSearchIndex<IndexedOrder>;

/// An index on an OpenSearch server. The server is asked when something is needed; it may be away until then.
#[derive(Debug)]
pub struct OpenSearchIndex<T> {
    shared: Arc<Shared<T>>,
}

impl<T: Held> OpenSearchIndex<T> {
    /// The index on the server; nothing is asked yet.
    pub fn new(server: Server, clock: Arc<dyn Clock>) -> Self {
        Self { shared: Arc::new(Shared::new(server, clock)) }
    }
}

#[async_trait]
impl<T: Held> Follows<T> for OpenSearchIndex<T> {
    async fn reached(&self) -> Result<Reached, Fault> {
        // Searches wait while it finds out whether a server that was away is back.
        self.shared.reached(READ).await
    }

    async fn apply(&self, changes: Vec<Change<T>>, reached: Reached) -> Result<(), Fault> {
        // Seen before the note tells of them, so that no page is kept for a generation that it is older than.
        self.shared.write(&self.shared.alias, &changes, Refresh::True).await?;
        self.shared.keep_reached(&self.shared.alias, reached.build, reached.source, reached.seq).await
    }

    async fn begin(&self) -> Result<Box<dyn NewIndex<T>>, Fault> {
        Ok(Box::new(self.shared.create().await?))
    }

    async fn reopen(&self) {}
}

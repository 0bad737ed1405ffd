//! Use cases: what search takes note of, the step of its indexer, and the searches.

mod index;
mod model;
mod note;
mod orders;
mod products;
mod step;

use std::sync::Arc;

use kernel::Fault;
use resilience::cache::{Cache, Makers};
use sqlx::PgPool;
use tokio::task::spawn_blocking;

pub use index::{Change, Indexed, ProductIndex, Reached};
pub use model::{Document, FoundOrder, OrderFilter, OrderPlace, Source};
pub use products::{Found, ProductSearch};

/// The service's use cases.
#[derive(Debug, Clone)]
pub struct App {
    pool: PgPool,
    index: Arc<dyn ProductIndex>,
    makers: Arc<Makers>,
}

impl App {
    /// Use cases over the service's own connections, its index of products and a cache of first pages.
    pub fn new(pool: PgPool, index: Arc<dyn ProductIndex>, cache: Arc<dyn Cache>) -> Self {
        Self { pool, index, makers: Arc::new(Makers::new(cache)) }
    }

    /// Works with the index where blocking is allowed: it reads and writes files.
    async fn with_index<T: Send + 'static>(
        &self,
        work: impl FnOnce(&dyn ProductIndex) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let index = self.index.clone();
        spawn_blocking(move || work(&*index)).await?
    }
}

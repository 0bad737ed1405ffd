//! Use cases: what search takes note of, the steps of its indexer, the making of new indexes, and the searches.

mod change;
mod degraded;
mod documents;
mod follows;
mod index;
mod model;
mod note;
mod orders;
mod products;
mod rebuild;
mod step;

use std::sync::Arc;

use resilience::cache::{Cache, Makers};
use sqlx::PgPool;

pub(crate) use documents::After;
pub use follows::{Change, Follows, NewIndex, Reached};
pub use index::{Indexed, IndexedOrder, OrderIndex, ProductIndex};
pub use model::{Document, FoundOrder, OrderFilter, OrderPlace, Source};
pub use orders::{FoundOrders, OrderDocuments};
pub use products::{Found, ProductSearch};
pub use rebuild::Progress;
pub(crate) use step::stand_by;

/// The service's use cases.
#[derive(Debug, Clone)]
pub struct App {
    pool: PgPool,
    index: Arc<dyn ProductIndex>,
    orders: Arc<dyn OrderIndex>,
    /// What is searched when the index of orders is away.
    documents: OrderDocuments,
    cache: Arc<dyn Cache>,
    makers: Arc<Makers>,
}

impl App {
    /// Use cases over the service's own connections, its indexes and a cache of first pages.
    pub fn new(pool: PgPool, index: Arc<dyn ProductIndex>, orders: Arc<dyn OrderIndex>, cache: Arc<dyn Cache>) -> Self {
        let (documents, makers) = (OrderDocuments::new(pool.clone()), Arc::new(Makers::new(cache.clone())));
        Self { pool, index, orders, documents, cache, makers }
    }
}

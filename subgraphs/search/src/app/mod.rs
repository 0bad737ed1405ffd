//! Use cases: what search takes note of, the step of its indexer, the making of a new index, and the searches.

mod change;
mod degraded;
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

pub use index::{Change, Indexed, NewIndex, ProductIndex, Reached};
pub use model::{Document, FoundOrder, OrderFilter, OrderPlace, Source};
pub use products::{Found, ProductSearch};
pub use rebuild::Progress;

/// The service's use cases.
#[derive(Debug, Clone)]
pub struct App {
    pool: PgPool,
    index: Arc<dyn ProductIndex>,
    cache: Arc<dyn Cache>,
    makers: Arc<Makers>,
}

impl App {
    /// Use cases over the service's own connections, its index of products and a cache of first pages.
    pub fn new(pool: PgPool, index: Arc<dyn ProductIndex>, cache: Arc<dyn Cache>) -> Self {
        Self { pool, index, makers: Arc::new(Makers::new(cache.clone())), cache }
    }
}

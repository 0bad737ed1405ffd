//! Use cases: each opens the transaction it needs and tells of its change in it.

mod change_status;
mod import;
mod model;
mod publish;
mod read;

use std::sync::Arc;

use kernel::Clock;
use messaging::Outbox;
use sqlx::PgPool;

pub use change_status::Step;
pub use import::Imported;
pub use model::{Category, Filter, Listed, Media, Place, PriceRange, Product, Sort, Variant};

/// The catalogue's use cases.
#[derive(Debug, Clone)]
pub struct App {
    pool: PgPool,
    clock: Arc<dyn Clock>,
    outbox: Outbox,
}

impl App {
    /// Use cases over the service's own connections.
    pub fn new(pool: PgPool, clock: Arc<dyn Clock>) -> Self {
        Self { pool, clock, outbox: Outbox::new(crate::NAME) }
    }
}

//! Use cases: each opens the transaction it needs and tells of its change in it.

mod change_status;
mod collection;
mod create;
mod import;
mod model;
mod publish;
mod put;
mod read;
mod read_collections;
mod update;

use std::sync::Arc;

use kernel::Clock;
use messaging::Outbox;
use resilience::idempotency::Keys;
use sqlx::PgPool;

pub use change_status::Step;
pub use import::Imported;
pub use model::{Category, Collected, Collection, Filter, Listed, Media, Place, PriceRange, Product, Sort, Variant};

/// The catalogue's use cases.
#[derive(Debug, Clone)]
pub struct App {
    pool: PgPool,
    clock: Arc<dyn Clock>,
    outbox: Outbox,
    keys: Keys,
}

impl App {
    /// Use cases over the service's own connections.
    pub fn new(pool: PgPool, clock: Arc<dyn Clock>) -> Self {
        Self { pool, clock, outbox: Outbox::new(crate::NAME), keys: Keys::new(crate::NAME) }
    }

    /// The same, whose events are left elsewhere than in the service's own outbox.
    #[must_use]
    pub fn outbox(self, outbox: Outbox) -> Self {
        Self { outbox, ..self }
    }
}

//! Use cases: each opens the transaction it needs and tells of its change in it.

mod change_address;
mod delete;
mod model;
mod read;
mod register;
mod update;

use std::sync::Arc;

use kernel::Clock;
use messaging::Outbox;
use sqlx::PgPool;

pub(crate) use model::Known;
pub use model::{Address, Change, Place, Profile};

/// The use cases of profiles and address books.
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

    /// The same, whose events are left elsewhere than in the service's own outbox.
    #[must_use]
    pub fn outbox(self, outbox: Outbox) -> Self {
        Self { outbox, ..self }
    }
}

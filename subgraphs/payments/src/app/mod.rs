//! Use cases: each opens the transaction it needs and tells of its change in it. Those that consumers call work in the consumer's.

mod action;
mod ask_refund;
mod deliver;
mod drive;
mod drive_refund;
mod forget;
mod model;
mod read;
mod refund;
mod request;
mod settle;
mod undo;
mod webhook;
mod worker;

use std::sync::Arc;

use kernel::Clock;
use messaging::Outbox;
use resilience::idempotency::Keys;
use sqlx::PgPool;

use crate::adapters::Providers;

pub use model::{Place, ProviderState, Refund};
pub use refund::RefundDraft;
pub use webhook::Received;

/// The service's use cases.
#[derive(Debug, Clone)]
pub struct App {
    pool: PgPool,
    clock: Arc<dyn Clock>,
    providers: Providers,
    outbox: Outbox,
    keys: Keys,
}

impl App {
    /// Use cases over the service's own connections.
    pub fn new(pool: PgPool, clock: Arc<dyn Clock>, providers: Providers) -> Self {
        Self { pool, clock, providers, outbox: Outbox::new(crate::NAME), keys: Keys::new(crate::NAME) }
    }

    /// The same, whose events are left elsewhere than in the service's own outbox.
    #[must_use]
    pub fn outbox(self, outbox: Outbox) -> Self {
        Self { outbox, ..self }
    }

    /// A number that nobody foresees, to spread what would otherwise happen at once.
    fn chance(&self) -> u128 {
        self.clock.secret().as_u128()
    }
}

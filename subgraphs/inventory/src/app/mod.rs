//! Use cases: each opens the transaction it needs and tells of its change in it. Those that an event asks for work on the
//! connection of its inbox entry.

mod adjust;
mod answer;
mod commit;
mod count;
mod expire;
mod follow;
mod give_back;
mod model;
mod read;
mod receive;
mod release;
mod reserve;
mod restock;
mod shift;
mod warehouse;

use std::sync::Arc;

use kernel::Clock;
use messaging::Outbox;
use resilience::counters::Counters;
use resilience::idempotency::Keys;
use sqlx::PgPool;
use time::Duration;
use tokio::sync::broadcast;

use crate::domain::Level;

pub use model::{Adjusted, Movement, Place, Reservation, Warehouse};
pub use receive::BadQuantity;

/// How long stock is set aside for an order.
pub const LIFE: Duration = Duration::minutes(15);

/// Changes that a follower may be behind before it has to look for itself.
const BACKLOG: usize = 1_024;

/// The service's use cases.
#[derive(Debug, Clone)]
pub struct App {
    pool: PgPool,
    clock: Arc<dyn Clock>,
    outbox: Outbox,
    keys: Keys,
    counters: Arc<dyn Counters>,
    levels: broadcast::Sender<Option<Level>>,
}

impl App {
    /// Use cases over the service's own connections, with counters for what is only shown.
    pub fn new(pool: PgPool, clock: Arc<dyn Clock>, counters: Arc<dyn Counters>) -> Self {
        let (levels, _) = broadcast::channel(BACKLOG);
        Self { pool, clock, outbox: Outbox::new(crate::NAME), keys: Keys::new(crate::NAME), counters, levels }
    }

    /// The same, whose events are left elsewhere than in the service's own outbox.
    #[must_use]
    pub fn outbox(self, outbox: Outbox) -> Self {
        Self { outbox, ..self }
    }
}

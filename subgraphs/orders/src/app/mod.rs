//! Use cases: each opens the transaction it needs and tells of its change in it.

mod advance;
mod cancel;
mod cart;
mod cart_lines;
mod catalogue;
mod checkout;
mod meters;
mod model;
mod read;
mod tell;
mod terms;

use std::sync::Arc;

use chassis::Notifications;
use kernel::{Clock, OrderId};
use messaging::Outbox;
use resilience::idempotency::Keys;
use sqlx::PgPool;
use tokio::sync::broadcast;

pub use cart::Buyer;
pub use checkout::Checkout;
pub use model::{Cart, CartLine, Delivery, Order, OrderLine, Place, PricedCart, TimelineEntry};
pub(crate) use terms::{Method, Terms};

/// Changes that a subscriber may be behind before it has to look for itself.
const BACKLOG: usize = 1024;

/// The use cases of carts and orders.
#[derive(Debug, Clone)]
pub struct App {
    pool: PgPool,
    clock: Arc<dyn Clock>,
    outbox: Outbox,
    keys: Keys,
    changes: broadcast::Sender<Option<OrderId>>,
    terms: terms::Known,
}

impl App {
    /// Use cases over the service's own connections.
    pub fn new(pool: PgPool, clock: Arc<dyn Clock>) -> Self {
        let (changes, _) = broadcast::channel(BACKLOG);
        let (outbox, keys) = (Outbox::new(crate::NAME), Keys::new(crate::NAME));
        Self { pool, clock, outbox, keys, changes, terms: terms::Known::default() }
    }

    /// The same, whose events are left elsewhere than in the service's own outbox.
    #[must_use]
    pub fn outbox(self, outbox: Outbox) -> Self {
        Self { outbox, ..self }
    }

    /// Hears of orders that changed; `None` means that any may have.
    pub fn changes(&self) -> broadcast::Receiver<Option<OrderId>> {
        self.changes.subscribe()
    }

    /// Passes on what the database notifies of, for as long as the process runs.
    pub async fn follow_changes(&self, notifications: &Notifications) {
        let changed = |id: Option<&str>| {
            // Nobody listening is no error.
            let _ = self.changes.send(id.and_then(|id| id.parse().ok()));
        };
        notifications.listen("orders_status", changed).await;
    }
}

//! Use cases: each opens the transaction it needs and tells of its change in it.

mod advance;
mod cancel;
mod cart;
mod cart_lines;
mod catalogue;
mod changes;
mod checkout;
mod meters;
mod model;
mod read;
mod tell;
mod terms;

use std::sync::Arc;

use kernel::Clock;
use messaging::Outbox;
use resilience::idempotency::Keys;
use sqlx::PgPool;

pub use cart::Buyer;
pub use changes::Changes;
pub use checkout::Checkout;
pub use model::{Cart, CartLine, Delivery, Order, OrderLine, Place, PricedCart, TimelineEntry};
pub(crate) use terms::{Method, Terms};

/// The use cases of carts and orders.
#[derive(Debug, Clone)]
pub struct App {
    pool: PgPool,
    clock: Arc<dyn Clock>,
    outbox: Outbox,
    keys: Keys,
    followed: changes::Followed,
    terms: terms::Known,
}

impl App {
    /// Use cases over the service's own connections.
    pub fn new(pool: PgPool, clock: Arc<dyn Clock>) -> Self {
        let (outbox, keys) = (Outbox::new(crate::NAME), Keys::new(crate::NAME));
        Self { pool, clock, outbox, keys, followed: changes::Followed::default(), terms: terms::Known::default() }
    }

    /// The same, whose events are left elsewhere than in the service's own outbox.
    #[must_use]
    pub fn outbox(self, outbox: Outbox) -> Self {
        Self { outbox, ..self }
    }
}

//! Use cases: each opens the transaction it needs and tells of its change in it.

mod audit;
mod change_password;
mod change_roles;
mod ensure_account;
mod erase;
mod hasher;
mod keys;
mod letters;
mod limits;
mod model;
mod read;
mod refresh;
mod register;
mod revoke;
mod sign_in;
mod start;
mod token;

use std::sync::Arc;

use kernel::Clock;
use messaging::Outbox;
use resilience::throttle::Throttle;
use sqlx::PgPool;

pub use audit::{AuditEntry, AuditFilter};
use hasher::Hasher;
pub use model::{Registration, Session, SignedIn, Which};
pub use token::{AUDIENCE, ISSUER};

/// The service's use cases.
#[derive(Debug, Clone)]
pub struct App {
    pool: PgPool,
    clock: Arc<dyn Clock>,
    outbox: Outbox,
    throttle: Arc<dyn Throttle>,
    hasher: Hasher,
}

impl App {
    /// Use cases over the service's own connections.
    pub fn new(pool: PgPool, clock: Arc<dyn Clock>, throttle: Arc<dyn Throttle>) -> Self {
        Self { pool, clock, outbox: Outbox::new(crate::NAME), throttle, hasher: Hasher::default() }
    }

    /// The same, whose events are left elsewhere than in the service's own outbox.
    #[must_use]
    pub fn outbox(self, outbox: Outbox) -> Self {
        Self { outbox, ..self }
    }
}

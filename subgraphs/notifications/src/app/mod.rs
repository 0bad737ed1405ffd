//! Use cases: each opens the transaction it needs, or joins that of the event it answers, and tells of its change in it.

mod account_registered;
mod dispatch;
mod mark_read;
mod model;
mod notify;
mod order_changed;
mod password_changed;
mod preferences;
mod read;
mod render;
mod resend;
mod stock_low;
mod template_update;
mod user_deleted;
mod user_updated;

use std::sync::Arc;

use kernel::Clock;
use messaging::Outbox;
use resilience::outgoing;
use sqlx::PgPool;

use crate::adapters::Channel;
use crate::domain::Sending;

pub use mark_read::Which;
pub use model::{Contact, Filter, Message, NewMessage, Place, Template, TemplateDraft};
pub use order_changed::Change;
pub use render::{Rendered, Unrenderable, render};

/// The service's use cases.
#[derive(Debug, Clone)]
pub struct App {
    pool: PgPool,
    clock: Arc<dyn Clock>,
    outbox: Outbox,
    channel: Arc<dyn Channel>,
    line: Arc<outgoing::Outgoing>,
    sending: Sending,
}

impl App {
    /// Use cases over the service's own connections; e-mail leaves by the channel.
    pub fn new(pool: PgPool, clock: Arc<dyn Clock>, channel: Arc<dyn Channel>) -> Self {
        let line = Arc::new(outgoing::Outgoing::new("mail", dispatch::PATIENCE).with_clock(clock.clone()));
        Self { pool, clock, outbox: Outbox::new(crate::NAME), channel, line, sending: Sending::default() }
    }

    /// The same, whose events are left elsewhere than in the service's own outbox.
    #[must_use]
    pub fn outbox(self, outbox: Outbox) -> Self {
        Self { outbox, ..self }
    }

    /// The same with other deadlines and attempts.
    #[must_use]
    pub fn sending(self, sending: Sending) -> Self {
        Self { sending, ..self }
    }
}

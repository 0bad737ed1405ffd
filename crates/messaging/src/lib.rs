//! Events, from the transaction of a change to the transaction of its effect.
//!
//! [`Outbox`] writes an event beside the change, [`Relay`] hands it to a [`Bus`], and a [`Consumer`] applies it, once,
//! because its [inbox](migrations) remembers it. [`EmbeddedBus`] keeps the queues in PostgreSQL, [`Rabbit`] in RabbitMQ.

mod backoff;
mod batch;
mod bus;
mod consumer;
pub mod embedded;
mod handler;
mod handlers;
mod inbox;
mod meters;
mod outbox;
mod parking;
pub mod rabbit;
mod relay;
mod source;
mod spans;
mod verdict;
mod worker;

pub use backoff::RetryPolicy;
pub use bus::{Bus, BusError};
pub use consumer::{Consumer, GATHERS};
pub use embedded::{DeadLetter, EmbeddedBus, dead_letters};
pub use handler::{Handle, HandleError};
pub use handlers::Handlers;
pub use meters::{OutboxDepth, QueueDepth, outbox_depth, queue_depth};
pub use outbox::{Outbox, Telling};
pub use rabbit::Rabbit;
pub use relay::{Relay, RelayError};
pub use worker::Worker;

use sqlx::migrate::{Migration, MigrationType};
use sqlx::{AssertSqlSafe, SqlSafeStr};

/// The tables this crate needs in a service's schema. Versions below 1000 are reserved for them.
pub fn migrations(schema: &'static str) -> Vec<Migration> {
    [
        (1, "outbox", include_str!("../migrations/0001_outbox.sql")),
        (2, "inbox", include_str!("../migrations/0002_inbox.sql")),
    ]
    .into_iter()
    .map(|(version, name, sql)| migration(version, name, sql.replace("{schema}", schema)))
    .collect()
}

fn migration(version: i64, name: &'static str, sql: String) -> Migration {
    Migration::new(version, name.into(), MigrationType::Simple, AssertSqlSafe(sql).into_sql_str(), false)
}

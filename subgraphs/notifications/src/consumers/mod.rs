//! The events of others: one file for each service, which hands them to use cases.

mod auth;
mod inventory;
mod orders;
mod users;

use events::auth::{AccountRegistered, PasswordChanged};
use events::inventory::StockLow;
use events::orders::{OrderCancelled, OrderConfirmed, OrderRejected, OrderUpdated};
use events::users::{UserDeleted, UserUpdated};
use messaging::{Consumer, GATHERS, Handlers};

use crate::app::App;
use crate::{NAME, Resources};

/// Hands an event to its use case.
#[derive(Debug, Clone)]
pub(crate) struct To(App);

/// Everything the service listens to.
///
/// `OrderPlaced` is not among it: within seconds the order is confirmed, rejected or cancelled, and a shopper wants to read
/// that, not two messages at once.
pub(crate) fn handlers() -> Handlers<To> {
    Handlers::default()
        .on::<AccountRegistered>()
        .on::<PasswordChanged>()
        .on::<UserUpdated>()
        .on::<UserDeleted>()
        .on::<OrderConfirmed>()
        .on::<OrderRejected>()
        .on::<OrderCancelled>()
        .on::<OrderUpdated>()
        .on::<StockLow>()
}

pub(crate) fn consumer(resources: &Resources, app: &App) -> Consumer {
    let handler = To(app.clone());
    let consumer = Consumer::new(NAME, NAME, resources.pool.clone(), resources.clock.clone());
    consumer.with(&handlers(), &handler).gather(GATHERS)
}

//! The events of others: one file for each service, which hands them to use cases on the connection of the inbox entry.

mod orders;
mod products;

use events::Event;
use events::orders::{CommitRequested, ReleaseRequested, ReservationRequested, RestockRequested};
use events::products::VariantCreated;
use messaging::{Consumer, GATHERS, Handlers};

use crate::app::App;
use crate::{NAME, Resources};

/// What no shopper waits for: under load it shares the transactions of what one does wait for.
const UNHURRIED: &[&str] = &[VariantCreated::NAME, CommitRequested::NAME, RestockRequested::NAME];

/// Hands an event to its use case.
#[derive(Debug, Clone)]
pub(crate) struct To(App);

/// Everything the service listens to.
pub(crate) fn handlers() -> Handlers<To> {
    Handlers::default()
        .on::<VariantCreated>()
        .on::<ReservationRequested>()
        .on::<ReleaseRequested>()
        .on::<CommitRequested>()
        .on::<RestockRequested>()
}

pub(crate) fn consumer(resources: &Resources) -> Consumer {
    let handler = To(crate::app(resources));
    let consumer = Consumer::new(NAME, NAME, resources.pool.clone(), resources.clock.clone());
    consumer.with(&handlers(), &handler).gather_only(GATHERS, UNHURRIED)
}

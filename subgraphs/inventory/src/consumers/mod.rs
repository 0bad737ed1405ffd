//! The events of others: one file for each service, which hands them to use cases on the connection of the inbox entry.

mod orders;
mod products;

use events::orders::{CommitRequested, ReleaseRequested, ReservationRequested, RestockRequested};
use events::products::VariantCreated;
use messaging::{Consumer, Handlers};

use crate::app::App;
use crate::{NAME, Resources};

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
    Consumer::new(NAME, NAME, resources.pool.clone(), resources.clock.clone()).with(&handlers(), &handler)
}

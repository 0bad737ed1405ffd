//! The events of others: one file for each service, which hands them to use cases on the connection of the inbox entry.

mod orders;
mod products;

use events::orders::{CommitRequested, ReleaseRequested, ReservationRequested, RestockRequested};
use events::products::VariantCreated;
use messaging::Consumer;

use crate::app::App;
use crate::{NAME, Resources};

/// Hands an event to its use case.
#[derive(Debug, Clone)]
struct To(App);

/// Everything the service listens to.
pub(crate) fn consumer(resources: &Resources) -> Consumer {
    let to = To(crate::app(resources));
    Consumer::new(NAME, NAME, resources.pool.clone(), resources.clock.clone())
        .on::<VariantCreated>(to.clone())
        .on::<ReservationRequested>(to.clone())
        .on::<ReleaseRequested>(to.clone())
        .on::<CommitRequested>(to.clone())
        .on::<RestockRequested>(to)
}

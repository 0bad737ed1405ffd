//! The events of others: one file for each, which hands it to a use case.

mod account_registered;

use messaging::Consumer;

use crate::app::App;
use crate::{NAME, Resources};
use account_registered::OnAccountRegistered;

/// Everything the service listens to.
pub(crate) fn consumer(resources: &Resources) -> Consumer {
    let app = App::new(resources.pool.clone(), resources.clock.clone());
    Consumer::new(NAME, NAME, resources.pool.clone(), resources.clock.clone()).on(OnAccountRegistered(app))
}

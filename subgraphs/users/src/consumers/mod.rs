//! The events of others: one file for each, which hands it to a use case.

mod account_registered;

use events::auth::AccountRegistered;
use messaging::{Consumer, Handlers};

use crate::app::App;
use crate::{NAME, Resources};
use account_registered::OnAccountRegistered;

/// Everything the service listens to.
pub(crate) fn handlers() -> Handlers<OnAccountRegistered> {
    Handlers::default().on::<AccountRegistered>()
}

pub(crate) fn consumer(resources: &Resources) -> Consumer {
    let handler =
        OnAccountRegistered(App::new(resources.pool.clone(), resources.clock.clone()).outbox(resources.outbox));
    Consumer::new(NAME, NAME, resources.pool.clone(), resources.clock.clone()).with(&handlers(), &handler)
}

//! The events of others: one file for each, which hands it to a use case.

mod user_deleted;

use events::users::UserDeleted;
use messaging::{Consumer, Handlers};

use crate::{NAME, Resources};
use user_deleted::OnUserDeleted;

/// Everything the service listens to.
pub(crate) fn handlers() -> Handlers<OnUserDeleted> {
    Handlers::default().on::<UserDeleted>()
}

pub(crate) fn consumer(resources: &Resources) -> Consumer {
    let handler = OnUserDeleted(crate::app(resources));
    Consumer::new(NAME, NAME, resources.pool.clone(), resources.clock.clone()).with(&handlers(), &handler)
}

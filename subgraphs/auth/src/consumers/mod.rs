//! The events of others: one file for each, which hands it to a use case.

mod user_deleted;

use messaging::Consumer;

use crate::{NAME, Resources};
use user_deleted::OnUserDeleted;

/// Everything the service listens to.
pub(crate) fn consumer(resources: &Resources) -> Consumer {
    let app = crate::app(resources);
    Consumer::new(NAME, NAME, resources.pool.clone(), resources.clock.clone()).on(OnUserDeleted(app))
}

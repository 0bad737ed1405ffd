//! The events of others: each is handed to a use case, on the connection of its inbox entry.

mod inventory;
mod payments;
mod products;
mod users;

use messaging::Consumer;

use crate::app::App;
use crate::{NAME, Resources};

/// Hands each kind of event to a use case.
#[derive(Debug, Clone)]
pub(crate) struct Handler(App);

/// Declares how an event is handled: `handle!(Event, |app, conn, event| use case)`.
macro_rules! handle {
    ($event:ty, |$app:ident, $conn:ident, $e:ident| $effect:expr) => {
        #[async_trait::async_trait]
        impl messaging::Handle<$event> for $crate::consumers::Handler {
            async fn handle(
                &self,
                $conn: &mut sqlx::PgConnection,
                $e: $event,
                _: &events::Envelope,
            ) -> Result<(), messaging::HandleError> {
                let $app = &self.0;
                $effect.await.map(|_| ()).map_err(messaging::HandleError::Retry)
            }
        }
    };
}
use handle;

/// Everything the service listens to.
pub(crate) fn consumer(resources: &Resources) -> Consumer {
    use events::{inventory as i, payments as p, products as c, users as u};
    let handler = || Handler(App::new(resources.pool.clone(), resources.clock.clone()));
    Consumer::new(NAME, NAME, resources.pool.clone(), resources.clock.clone())
        .on::<c::ProductPublished>(handler())
        .on::<c::ProductChanged>(handler())
        .on::<c::ProductArchived>(handler())
        .on::<i::LevelChanged>(handler())
        .on::<i::StockReserved>(handler())
        .on::<i::StockRejected>(handler())
        .on::<i::StockReleased>(handler())
        .on::<i::StockCommitted>(handler())
        .on::<i::CommitRefused>(handler())
        .on::<p::PaymentAuthorised>(handler())
        .on::<p::PaymentCaptured>(handler())
        .on::<p::PaymentFailed>(handler())
        .on::<p::PaymentActionRequired>(handler())
        .on::<p::PaymentVoided>(handler())
        .on::<p::PaymentRefunded>(handler())
        .on::<p::RefundFailed>(handler())
        .on::<u::UserDeleted>(handler())
}

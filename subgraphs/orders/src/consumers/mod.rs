//! The events of others: each is handed to a use case, on the connection of its inbox entry.

mod inventory;
mod payments;
mod products;
mod users;

use events::Event;
use messaging::{Consumer, GATHERS, Handlers};

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
pub(crate) fn handlers() -> Handlers<Handler> {
    use events::{inventory as i, payments as p, products as c, users as u};
    Handlers::default()
        .on::<c::ProductPublished>()
        .on::<c::ProductChanged>()
        .on::<c::ProductArchived>()
        .on_newest::<i::LevelChanged>()
        .on::<i::StockReserved>()
        .on::<i::StockRejected>()
        .on::<i::StockReleased>()
        .on::<i::StockCommitted>()
        .on::<i::CommitRefused>()
        // Mostly both come at once, and then only the capture is a step of the order.
        .on_newest::<p::PaymentAuthorised>()
        .on_newest::<p::PaymentCaptured>()
        .on::<p::PaymentFailed>()
        .on::<p::PaymentActionRequired>()
        .on::<p::PaymentVoided>()
        .on::<p::PaymentRefunded>()
        .on::<p::RefundFailed>()
        .on::<u::UserDeleted>()
}

/// What no shopper waits for: under load it shares the transactions of what one does wait for.
const UNHURRIED: &[&str] = {
    use events::{inventory as i, payments as p, products as c, users as u};
    &[
        c::ProductPublished::NAME,
        c::ProductChanged::NAME,
        c::ProductArchived::NAME,
        i::LevelChanged::NAME,
        i::StockReleased::NAME,
        i::StockCommitted::NAME,
        p::PaymentVoided::NAME,
        p::PaymentRefunded::NAME,
        u::UserDeleted::NAME,
    ]
};

pub(crate) fn consumer(resources: &Resources) -> Consumer {
    let handler = Handler(crate::app(resources));
    let consumer = Consumer::new(NAME, NAME, resources.pool.clone(), resources.clock.clone());
    consumer.with(&handlers(), &handler).gather_only(GATHERS, UNHURRIED)
}

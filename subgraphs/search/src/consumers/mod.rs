//! The events of others: each is handed to a use case, on the connection of its inbox entry.

use events::{inventory as i, orders as o, products as p, users as u};
use messaging::{Consumer, GATHERS, Handlers};

use crate::app::App;
use crate::{NAME, Resources};

/// Hands each kind of event to a use case.
#[derive(Debug, Clone)]
pub(crate) struct Handler(App);

/// Declares how an event is handled: `handle!(Event, |app, conn, event, at| use case)`.
macro_rules! handle {
    ($event:ty, |$app:ident, $conn:ident, $e:ident, $at:ident| $effect:expr) => {
        #[async_trait::async_trait]
        impl messaging::Handle<$event> for Handler {
            async fn handle(
                &self,
                $conn: &mut sqlx::PgConnection,
                $e: $event,
                envelope: &events::Envelope,
            ) -> Result<(), messaging::HandleError> {
                let ($app, $at) = (&self.0, envelope.time);
                let _ = $at;
                $effect.await.map_err(messaging::HandleError::Retry)
            }
        }
    };
}

handle!(p::ProductPublished, |app, conn, event, at| app.note_product(conn, &event.product, at));
handle!(p::ProductChanged, |app, conn, event, at| app.note_product(conn, &event.product, at));
handle!(p::ProductArchived, |app, conn, event, at| app.note_archived(conn, &event, at));
handle!(i::LevelChanged, |app, conn, event, at| app.note_level(conn, &event));
handle!(o::OrderPlaced, |app, conn, event, at| app.note_order(conn, &event.order));
handle!(o::OrderConfirmed, |app, conn, event, at| app.note_order(conn, &event.order));
handle!(o::OrderRejected, |app, conn, event, at| app.note_order(conn, &event.order));
handle!(o::OrderCancelled, |app, conn, event, at| app.note_order(conn, &event.order));
handle!(o::OrderUpdated, |app, conn, event, at| app.note_order(conn, &event.order));
handle!(u::UserDeleted, |app, conn, event, at| app.forget_user(conn, event.user_id));

/// Everything the service listens to.
pub(crate) fn handlers() -> Handlers<Handler> {
    Handlers::default()
        .on::<p::ProductPublished>()
        .on::<p::ProductChanged>()
        .on::<p::ProductArchived>()
        .on_newest::<i::LevelChanged>()
        .on_newest::<o::OrderPlaced>()
        .on_newest::<o::OrderConfirmed>()
        .on_newest::<o::OrderRejected>()
        .on_newest::<o::OrderCancelled>()
        .on_newest::<o::OrderUpdated>()
        .on::<u::UserDeleted>()
}

pub(crate) fn consumer(resources: &Resources, app: &App) -> Consumer {
    let handler = Handler(app.clone());
    let consumer = Consumer::new(NAME, NAME, resources.pool.clone(), resources.clock.clone());
    consumer.with(&handlers(), &handler).gather(GATHERS)
}

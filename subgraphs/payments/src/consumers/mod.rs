//! The events of others, each handed to its use case on the consumer's transaction.

use async_trait::async_trait;
use events::Envelope;
use events::orders::{PaymentRequested, RefundRequested, VoidRequested};
use events::users::UserDeleted;
use messaging::{Consumer, Handle, HandleError};
use sqlx::PgConnection;

use crate::app::App;
use crate::{NAME, Resources};

/// Everything the service listens to.
pub(crate) fn consumer(resources: &Resources, app: &App) -> Consumer {
    Consumer::new(NAME, NAME, resources.pool.clone(), resources.clock.clone())
        .on::<PaymentRequested>(Apply(app.clone()))
        .on::<VoidRequested>(Apply(app.clone()))
        .on::<RefundRequested>(Apply(app.clone()))
        .on::<UserDeleted>(Apply(app.clone()))
}

/// Hands an event to its use case.
struct Apply(App);

macro_rules! apply {
    ($event:ty, $use_case:ident) => {
        #[async_trait]
        impl Handle<$event> for Apply {
            async fn handle(&self, conn: &mut PgConnection, event: $event, _: &Envelope) -> Result<(), HandleError> {
                self.0.$use_case(conn, event).await
            }
        }
    };
}

apply!(PaymentRequested, request);
apply!(VoidRequested, undo);
apply!(RefundRequested, ask_refund);
apply!(UserDeleted, forget_user);

//! The events of others, each handed to its use case on the consumer's transaction.

use async_trait::async_trait;
use events::Envelope;
use events::orders::{PaymentRequested, RefundRequested, VoidRequested};
use events::users::UserDeleted;
use messaging::{Consumer, Handle, HandleError, Handlers};
use sqlx::PgConnection;

use crate::app::App;
use crate::{NAME, Resources};

/// Everything the service listens to.
pub(crate) fn handlers() -> Handlers<Apply> {
    Handlers::default().on::<PaymentRequested>().on::<VoidRequested>().on::<RefundRequested>().on::<UserDeleted>()
}

pub(crate) fn consumer(resources: &Resources, app: &App) -> Consumer {
    let handler = Apply(app.clone());
    Consumer::new(NAME, NAME, resources.pool.clone(), resources.clock.clone()).with(&handlers(), &handler)
}

/// Hands an event to its use case.
#[derive(Clone)]
pub(crate) struct Apply(App);

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

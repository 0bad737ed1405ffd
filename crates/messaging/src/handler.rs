//! What a service does with an event.

use async_trait::async_trait;
use events::{Envelope, Event};
use kernel::Fault;
use sqlx::PgConnection;

/// The effect of one kind of event.
#[async_trait]
pub trait Handle<E: Event>: Send + Sync {
    /// Applies the event on the connection, and on nothing else: the inbox entry and the effect commit together, and a
    /// failure of another message of the batch rolls this one back to be applied again.
    ///
    /// # Errors
    /// [`HandleError::Retry`] for what may pass, [`HandleError::Refuse`] for what never will.
    async fn handle(&self, conn: &mut PgConnection, event: E, envelope: &Envelope) -> Result<(), HandleError>;
}

/// Why an event had no effect.
#[derive(Debug)]
pub enum HandleError {
    /// It may pass later: tried again after a growing pause, a dead letter after the last attempt.
    Retry(Fault),
    /// It cannot pass, for this reason: a dead letter at once.
    Refuse(String),
}

// No `Error` itself, like `kernel::Fault`: only so can every error convert into it with `?`.
impl<E: std::error::Error + Send + Sync + 'static> From<E> for HandleError {
    fn from(error: E) -> Self {
        Self::Retry(error.into())
    }
}

/// A handler that decodes for itself, so that handlers of different events fit in one map.
#[async_trait]
pub(crate) trait Dispatch: Send + Sync {
    /// See [`Handlers::on_newest`](crate::Handlers::on_newest); none of other events, and of one that cannot be read.
    fn rank(&self, envelope: &Envelope) -> Option<i64>;
    async fn dispatch(&self, conn: &mut PgConnection, envelope: &Envelope) -> Result<(), HandleError>;
}

pub(crate) struct Typed<E, H> {
    handler: H,
    rank: Option<fn(&E) -> i64>,
}

impl<E, H> Typed<E, H> {
    pub(crate) fn new(handler: H, rank: Option<fn(&E) -> i64>) -> Self {
        Self { handler, rank }
    }
}

#[async_trait]
impl<E: Event, H: Handle<E>> Dispatch for Typed<E, H> {
    fn rank(&self, envelope: &Envelope) -> Option<i64> {
        Some(self.rank?(&E::deserialize(&envelope.data).ok()?))
    }

    async fn dispatch(&self, conn: &mut PgConnection, envelope: &Envelope) -> Result<(), HandleError> {
        let event = E::deserialize(&envelope.data)
            .map_err(|error| HandleError::Refuse(format!("the payload does not fit {}: {error}", E::NAME)))?;
        self.handler.handle(conn, event, envelope).await
    }
}

//! All SQL of the service. Functions work on the connection they are given.

pub(crate) mod contact;
pub(crate) mod inbox;
pub(crate) mod listing;
pub(crate) mod message;
pub(crate) mod order_seen;
pub(crate) mod preference;
pub(crate) mod queue;
pub(crate) mod read;
pub(crate) mod template;

fn corrupt(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> sqlx::Error {
    sqlx::Error::Decode(error.into())
}

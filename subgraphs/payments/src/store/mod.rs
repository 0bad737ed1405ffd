//! All SQL. Functions work on the connection they are given.

pub(crate) mod demand;
pub(crate) mod ledger;
pub(crate) mod listing;
pub(crate) mod payment;
pub(crate) mod refund;
pub(crate) mod sandbox;
pub(crate) mod webhook;
pub(crate) mod work;

fn corrupt(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> sqlx::Error {
    sqlx::Error::Decode(error.into())
}

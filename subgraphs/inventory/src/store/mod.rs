//! All SQL. Functions work on the connection they are given.

pub(crate) mod history;
pub(crate) mod level;
pub(crate) mod movement;
pub(crate) mod reservation;
pub(crate) mod reservation_read;
pub(crate) mod stock;
pub(crate) mod warehouse;

/// A stored value that this version cannot read.
fn corrupt(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> sqlx::Error {
    sqlx::Error::Decode(error.into())
}

//! All SQL. Functions work on the connection they are given.

pub(crate) mod address;
pub(crate) mod change;
pub(crate) mod listing;
pub(crate) mod profile;

fn corrupt(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> sqlx::Error {
    sqlx::Error::Decode(error.into())
}

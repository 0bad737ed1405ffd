//! All SQL. Functions work on the connection they are given.

pub(crate) mod cart;
pub(crate) mod catalogue;
pub(crate) mod order;
pub(crate) mod order_list;
pub(crate) mod order_read;
mod order_row;

use kernel::{Email, PostalAddress};

fn corrupt(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> sqlx::Error {
    sqlx::Error::Decode(error.into())
}

fn address(json: serde_json::Value) -> sqlx::Result<PostalAddress> {
    serde_json::from_value(json).map_err(corrupt)
}

fn email(text: &str) -> sqlx::Result<Email> {
    text.parse().map_err(corrupt)
}

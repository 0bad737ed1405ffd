//! Formats of other companies.

pub mod shopify;

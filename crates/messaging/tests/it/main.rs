//! The crate against a real database. Each test has its own.

#![expect(clippy::unwrap_used, reason = "in a test, the panic is the report")]

mod consuming;
mod dead_letters;
mod grants;
mod relaying;
mod running;
mod support;

//! What the users subgraph does, through its use cases, its graph and its consumer.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod access;
mod addresses;
mod away;
mod counted;
mod deletion;
mod desk;
mod graph;
mod history;
mod listing;
mod profile;
mod registration;
mod statements;

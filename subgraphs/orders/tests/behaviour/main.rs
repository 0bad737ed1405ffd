//! What the orders subgraph does, through its graph, its use cases and its consumer.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod access;
mod cart;
mod checkout;
mod desk;
mod figures;
mod following;
mod saga;

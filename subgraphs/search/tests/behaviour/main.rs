//! What the search subgraph does, through its use cases, its graph and its consumer.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod api;
mod away;
mod both;
mod contract;
mod following;
mod index;
mod order_contract;
mod order_index;
mod orders;
mod place;
mod products;
mod rebuilding;
mod refused;
mod replicas;
mod shop;

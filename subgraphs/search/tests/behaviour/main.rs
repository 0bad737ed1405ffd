//! What the search subgraph does, through its use cases, its graph and its consumer.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod api;
mod following;
mod index;
mod orders;
mod products;
mod shop;

//! What the inventory subgraph does, through its use cases, its graph and its consumer.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod access;
mod adjusting;
mod commit;
mod concurrency;
mod counters;
mod depot;
mod expiry;
mod following;
mod graph;
mod levels;
mod reservations;
mod statements;
mod warehouses;

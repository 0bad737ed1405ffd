//! What the payments subgraph does, through its use cases, its graph, its consumer and its webhooks.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod api;
mod configuration;
mod contract;
mod desk;
mod failures;
mod fake_stripe;
mod in_time;
mod ledger;
mod redelivery;
mod refunds;
mod staff;
mod stripe;
mod tap;
mod tokens;
mod undo;
mod webhooks;
mod worker;

//! What every implementation of a port must do, and what happens while Redis is away.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod cache;
mod cluster;
mod counters;
mod lock;
mod masters;
mod outage;
mod proxy;
mod server;
mod throttle;
mod turn;

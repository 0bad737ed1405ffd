//! What every implementation of a port must do, and what happens while Redis is away.

mod cache;
mod lock;
mod outage;
mod proxy;
mod server;
mod throttle;

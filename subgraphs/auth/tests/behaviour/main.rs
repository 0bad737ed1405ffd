//! What the auth subgraph does, through its use cases, its graph and its consumer.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod api;
mod audit;
mod deletion;
mod door;
mod http;
mod keys;
mod letters;
mod password;
mod refresh;
mod register;
mod revoke;
mod roles;
mod sign_in;

//! What the notifications subgraph does, through its use cases, its graph and its consumer.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod access;
mod accounts;
mod channels;
mod choices;
mod deletion;
mod inbox;
mod mail_server;
mod orders;
mod resend;
mod sending;
mod support;
mod templates;
mod texts;
mod world;

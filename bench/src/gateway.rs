//! The gateway as the benchmark's own clients see it.

use std::time::Duration;

use anyhow::{Context, Error, Result};
use client::{Client, Stream};
use serde_json::Value;

/// How long a subscription may be silent.
const SILENCE: Duration = Duration::from_secs(180);

/// Follows an order.
pub const FOLLOW: &str =
    "subscription($id: ID!) { orderStatusChanged(orderId: $id) { id status version lines { quantity } } }";

/// A guest with connections of its own.
///
/// # Errors
/// When the system gives no randomness or no certificates.
pub fn guest(gateway: &str) -> Result<Client> {
    Client::new(gateway, SILENCE).context("no HTTP client")
}

/// The `data` of the next event.
///
/// # Errors
/// When the stream breaks, ends, or tells an error.
pub async fn next(stream: &mut Stream) -> Result<Value> {
    stream.next().await?.context("the gateway ended the subscription")
}

/// Whether the graph says that trying again helps.
pub fn is_retryable(error: &Error) -> bool {
    error.downcast_ref().is_some_and(client::Error::is_retryable)
}

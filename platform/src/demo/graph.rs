use std::time::Duration;

use chassis::StartError;
use client::Client;
use serde_json::Value;

/// How long the next change of an order may take.
const SILENCE: Duration = Duration::from_secs(30);

/// The graph behind the gateway; any error of it ends the journey.
#[derive(Debug)]
pub(crate) struct Graph(Client);

/// What the gateway sends of a subscription.
#[derive(Debug)]
pub(crate) struct Stream(client::Stream);

pub(crate) fn broken(what: impl std::fmt::Display) -> StartError {
    StartError::new(
        format!("the journey ended early: {what}"),
        "start the platform with `make up`, wait for its banner, then try again",
    )
}

impl Graph {
    pub(crate) fn new(gateway: &str) -> Result<Self, StartError> {
        Client::new(gateway, SILENCE).map(Self).map_err(broken)
    }

    /// Asks, and answers with `data`.
    pub(crate) async fn ask(&self, token: Option<&str>, query: &str, variables: Value) -> Result<Value, StartError> {
        self.0.with_token(token).ask(query, variables).await.map_err(broken)
    }

    /// Asks for a mutation with one `input`; answers with its payload, unless that has errors.
    pub(crate) async fn change(&self, token: Option<&str>, query: &str, input: Value) -> Result<Value, StartError> {
        self.0.with_token(token).change(query, input).await.map_err(broken)
    }

    /// Follows a subscription.
    pub(crate) async fn follow(
        &self,
        token: Option<&str>,
        query: &str,
        variables: Value,
    ) -> Result<Stream, StartError> {
        self.0.with_token(token).follow(query, variables).await.map(Stream).map_err(broken)
    }
}

impl Stream {
    /// The `data` of the next event; none when the stream has ended.
    pub(crate) async fn next(&mut self) -> Result<Option<Value>, StartError> {
        self.0.next().await.map_err(broken)
    }
}

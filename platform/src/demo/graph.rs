use std::time::Duration;

use chassis::StartError;
use reqwest::Response;
use serde_json::{Value, json};

/// How long an answer, and the wait for the next change of an order, may take.
const DEADLINE: Duration = Duration::from_secs(30);

/// The graph behind the gateway.
#[derive(Debug)]
pub(crate) struct Graph {
    client: reqwest::Client,
    url: String,
}

/// What the gateway sends of a subscription, over SSE (the graphql-sse protocol's distinct connections mode).
#[derive(Debug)]
pub(crate) struct Stream {
    response: Response,
    buffer: Vec<u8>,
}

pub(crate) fn broken(what: impl std::fmt::Display) -> StartError {
    StartError::new(
        format!("the journey ended early: {what}"),
        "start the platform with `make up`, wait for its banner, then try again",
    )
}

impl Graph {
    pub(crate) fn new(gateway: &str) -> Result<Self, StartError> {
        let client = reqwest::Client::builder().read_timeout(DEADLINE).build().map_err(broken)?;
        Ok(Self { client, url: format!("{}/graphql", gateway.trim_end_matches('/')) })
    }

    /// Asks, and answers with `data`; any error of GraphQL ends the journey.
    pub(crate) async fn ask(&self, token: Option<&str>, query: &str, variables: Value) -> Result<Value, StartError> {
        let mut request = self.client.post(&self.url).json(&json!({ "query": query, "variables": variables }));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let mut answer: Value = request.send().await.map_err(broken)?.json().await.map_err(broken)?;
        match answer.get("errors") {
            None => Ok(answer["data"].take()),
            Some(errors) => Err(broken(errors)),
        }
    }

    /// Asks for a mutation with one `input`; answers with its payload, unless that has errors.
    pub(crate) async fn change(&self, token: Option<&str>, query: &str, input: Value) -> Result<Value, StartError> {
        let data = self.ask(token, query, json!({ "input": input })).await?;
        let payload = data.as_object().and_then(|fields| fields.values().next()).cloned().unwrap_or_default();
        match payload["errors"].as_array() {
            Some(errors) if !errors.is_empty() => Err(broken(&payload["errors"])),
            _ => Ok(payload),
        }
    }

    /// Follows a subscription.
    pub(crate) async fn follow(
        &self,
        token: Option<&str>,
        query: &str,
        variables: Value,
    ) -> Result<Stream, StartError> {
        let mut request = self
            .client
            .post(&self.url)
            .header("accept", "text/event-stream")
            .json(&json!({ "query": query, "variables": variables }));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        Ok(Stream { response: request.send().await.map_err(broken)?, buffer: Vec::new() })
    }
}

impl Stream {
    /// The `data` of the next event; none when the stream has ended.
    pub(crate) async fn next(&mut self) -> Result<Option<Value>, StartError> {
        loop {
            if let Some(end) = self.buffer.windows(2).position(|pair| pair == b"\n\n") {
                let event: Vec<u8> = self.buffer.drain(..end + 2).collect();
                let event = String::from_utf8_lossy(&event);
                let data = event.lines().find_map(|line| line.strip_prefix("data:")).map(str::trim);
                let Some(data) = data.filter(|data| !data.is_empty()) else { continue };
                let mut answer: Value = serde_json::from_str(data).map_err(broken)?;
                return match answer.get("errors") {
                    None => Ok(Some(answer["data"].take())),
                    Some(errors) => Err(broken(errors)),
                };
            }
            match self.response.chunk().await.map_err(broken)? {
                // Whole events are decoded: a chunk may end within a character, or between the two bytes of a line's end.
                Some(chunk) => self.buffer.extend(chunk.iter().filter(|byte| **byte != b'\r')),
                None => return Ok(None),
            }
        }
    }
}

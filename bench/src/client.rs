//! A client of the gateway: questions, changes and subscriptions over SSE.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use reqwest::{RequestBuilder, Response};
use serde_json::{Value, json};

/// How long an answer may take.
const DEADLINE: Duration = Duration::from_secs(30);
/// How long a subscription may be silent.
const SILENCE: Duration = Duration::from_secs(180);

/// One caller with connections of its own.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    url: String,
    token: Option<String>,
}

/// What the gateway sends of a subscription (the graphql-sse protocol's distinct connections mode).
#[derive(Debug)]
pub struct Stream {
    response: Response,
    buffer: Vec<u8>,
}

impl Client {
    /// A guest at the gateway of this address.
    ///
    /// # Errors
    /// When the system gives no randomness or no certificates.
    pub fn new(gateway: &str) -> Result<Self> {
        let http = reqwest::Client::builder().read_timeout(SILENCE).build().context("no HTTP client")?;
        Ok(Self { http, url: format!("{gateway}/graphql"), token: None })
    }

    /// The same caller, signed in.
    ///
    /// # Errors
    /// When the gateway refuses.
    pub async fn signed_in(&self, email: &str, password: &str) -> Result<Self> {
        let sign_in =
            "mutation($input: SessionCreateInput!) { sessionCreate(input: $input) { accessToken errors { message } } }";
        let session = self.change(sign_in, json!({ "email": email, "password": password })).await?;
        let token = session["accessToken"].as_str().with_context(|| format!("{email} gets no token"))?;
        Ok(Self { token: Some(token.to_owned()), ..self.clone() })
    }

    /// The value of the Authorization header; empty for a guest.
    pub fn authorization(&self) -> String {
        self.token.as_ref().map(|token| format!("Bearer {token}")).unwrap_or_default()
    }

    fn request(&self, query: &str, variables: &Value) -> RequestBuilder {
        self.identified(self.http.post(&self.url).json(&json!({ "query": query, "variables": variables })))
    }

    fn identified(&self, request: RequestBuilder) -> RequestBuilder {
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// Asks, and answers with `data`.
    ///
    /// # Errors
    /// When there is no answer, or one with errors.
    pub async fn ask(&self, query: &str, variables: Value) -> Result<Value> {
        data(&self.request(query, &variables).timeout(DEADLINE).send().await?.text().await?)
    }

    /// Asks with this body, and answers with the body of the answer, whatever it is.
    ///
    /// # Errors
    /// When there is no answer.
    pub async fn raw(&self, body: &str) -> Result<String> {
        let request = self.http.post(&self.url).header("content-type", "application/json").body(body.to_owned());
        Ok(self.identified(request).timeout(DEADLINE).send().await?.text().await?)
    }

    /// Asks for a mutation with one `input`; answers with its payload.
    ///
    /// # Errors
    /// As `ask`, and when the payload has errors.
    pub async fn change(&self, query: &str, input: Value) -> Result<Value> {
        let payload = self.payload(query, input).await?;
        match payload["errors"].as_array() {
            Some(errors) if !errors.is_empty() => bail!("refused: {}", payload["errors"]),
            _ => Ok(payload),
        }
    }

    /// Asks for a mutation with one `input`; answers with its payload, which may have errors in it.
    ///
    /// # Errors
    /// As `ask`.
    pub async fn payload(&self, query: &str, input: Value) -> Result<Value> {
        let data = self.ask(query, json!({ "input": input })).await?;
        let payload = data.as_object().and_then(|fields| fields.values().next()).cloned();
        payload.context("an answer without a payload")
    }

    /// Follows a subscription.
    ///
    /// # Errors
    /// When the gateway does not answer.
    pub async fn follow(&self, query: &str, variables: Value) -> Result<Stream> {
        let request = self.request(query, &variables).header("accept", "text/event-stream");
        Ok(Stream::new(request.send().await?.error_for_status()?))
    }
}

/// The gateway's errors instead of an answer.
#[derive(Debug)]
pub struct Refused(Value);

impl Refused {
    /// Whether all of it is over by itself soon: the graph says so.
    pub fn is_retryable(error: &anyhow::Error) -> bool {
        let errors = error.downcast_ref().and_then(|Self(errors)| errors.as_array());
        errors.is_some_and(|errors| errors.iter().all(|error| error["extensions"]["retryable"] == true))
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the gateway refused: {}", self.0)
    }
}

impl std::error::Error for Refused {}

/// The `data` of an answer.
///
/// # Errors
/// [`Refused`] when it has errors; another when it is no answer.
pub fn data(answer: &str) -> Result<Value> {
    let mut answer: Value =
        serde_json::from_str(answer).with_context(|| format!("no answer of the graph: {answer}"))?;
    if answer.get("errors").is_some() {
        return Err(Refused(answer["errors"].take()).into());
    }
    Ok(answer["data"].take())
}

impl Stream {
    /// What a request for a subscription was answered with.
    pub fn new(response: Response) -> Self {
        Self { response, buffer: Vec::new() }
    }

    /// The `data` of the next event.
    ///
    /// # Errors
    /// When the stream breaks, ends, or tells an error.
    pub async fn next(&mut self) -> Result<Value> {
        loop {
            if let Some(end) = self.buffer.windows(2).position(|pair| pair == b"\n\n") {
                let event: Vec<u8> = self.buffer.drain(..end + 2).collect();
                let event = String::from_utf8_lossy(&event);
                let data = event.lines().find_map(|line| line.strip_prefix("data:")).map(str::trim);
                let Some(data) = data.filter(|data| !data.is_empty()) else { continue };
                return self::data(data);
            }
            let chunk = self.response.chunk().await?.context("the gateway ended the subscription")?;
            // Whole events are decoded: a chunk may end within a character, or between the two bytes of a line's end.
            self.buffer.extend(chunk.iter().filter(|byte| **byte != b'\r'));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_with_errors_is_refused_and_may_be_tried_again_when_it_says_so() {
        assert_eq!(data(r#"{"data":{"a":1}}"#).expect("an answer")["a"], 1);
        assert!(data("<html>").is_err());
        let refused = |errors: &str| data(&format!(r#"{{"data":null,"errors":[{errors}]}}"#)).expect_err("refused");
        let away = r#"{"message":"away","extensions":{"code":"UNAVAILABLE","retryable":true}}"#;
        assert!(Refused::is_retryable(&refused(away)));
        assert!(!Refused::is_retryable(&refused(&format!(r#"{away},{{"message":"broken"}}"#))), "a defect beside it");
        assert!(!Refused::is_retryable(&anyhow::anyhow!("the connection broke")));
    }
}

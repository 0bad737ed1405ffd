//! A client of the gateway: questions, changes and subscriptions over SSE, and what a shopper sends who buys something.

pub mod buying;
mod stream;

use std::time::Duration;

use reqwest::RequestBuilder;
use serde_json::{Value, json};

pub use stream::Stream;

/// How long an answer may take.
const DEADLINE: Duration = Duration::from_secs(30);

/// Why there is no answer, or not the one that was wanted.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The gateway is away, too slow, or breaks off.
    #[error("no answer: {0}")]
    Http(#[from] reqwest::Error),
    /// What came is none of the graph's answers.
    #[error("no answer of the graph: {0}")]
    Unreadable(String),
    /// The graph's errors instead of an answer.
    #[error("the gateway refused: {0}")]
    Refused(Value),
    /// The errors in the payload of a mutation.
    #[error("refused: {0}")]
    Problems(Value),
}

impl Error {
    /// Whether all of it is over by itself soon: the graph says so.
    pub fn is_retryable(&self) -> bool {
        let Self::Refused(Value::Array(errors)) = self else { return false };
        errors.iter().all(|error| error["extensions"]["retryable"] == true)
    }
}

/// One caller. Clones share connections.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    url: String,
    token: Option<String>,
}

impl Client {
    /// A guest at the gateway of this address, who gives up a connection after so long a silence: of an answer, or of a subscription.
    ///
    /// # Errors
    /// When the system gives no randomness or no certificates.
    pub fn new(gateway: &str, silence: Duration) -> Result<Self, Error> {
        let http = reqwest::Client::builder().read_timeout(silence).build()?;
        Ok(Self { http, url: format!("{}/graphql", gateway.trim_end_matches('/')), token: None })
    }

    /// The same caller with this access token, or as a guest.
    #[must_use]
    pub fn with_token(&self, token: Option<&str>) -> Self {
        Self { token: token.map(str::to_owned), ..self.clone() }
    }

    /// The same caller, signed in.
    ///
    /// # Errors
    /// When the gateway refuses.
    pub async fn signed_in(&self, email: &str, password: &str) -> Result<Self, Error> {
        let sign_in =
            "mutation($input: SessionCreateInput!) { sessionCreate(input: $input) { accessToken errors { message } } }";
        let session = self.change(sign_in, json!({ "email": email, "password": password })).await?;
        let token = session["accessToken"].as_str().ok_or_else(|| Error::Unreadable(session.to_string()))?;
        Ok(self.with_token(Some(token)))
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
    pub async fn ask(&self, query: &str, variables: Value) -> Result<Value, Error> {
        data(&self.request(query, &variables).timeout(DEADLINE).send().await?.text().await?)
    }

    /// Asks with this body, and answers with the body of the answer, whatever it is.
    ///
    /// # Errors
    /// When there is no answer.
    pub async fn raw(&self, body: &str) -> Result<String, Error> {
        let request = self.http.post(&self.url).header("content-type", "application/json").body(body.to_owned());
        Ok(self.identified(request).timeout(DEADLINE).send().await?.text().await?)
    }

    /// Asks for a mutation with one `input`; answers with its payload.
    ///
    /// # Errors
    /// As [`Self::ask`], and when the payload has errors.
    pub async fn change(&self, query: &str, input: Value) -> Result<Value, Error> {
        accepted(payload(self.ask(query, json!({ "input": input })).await?)?)
    }

    /// Follows a subscription.
    ///
    /// # Errors
    /// When the gateway does not answer.
    pub async fn follow(&self, query: &str, variables: Value) -> Result<Stream, Error> {
        let request = self.request(query, &variables).header("accept", "text/event-stream");
        Ok(Stream::new(request.send().await?.error_for_status()?))
    }
}

/// The `data` of an answer.
///
/// # Errors
/// [`Error::Refused`] when it has errors, [`Error::Unreadable`] when it is no answer.
pub fn data(answer: &str) -> Result<Value, Error> {
    let mut answer: Value = serde_json::from_str(answer).map_err(|_| Error::Unreadable(answer.to_owned()))?;
    if answer.get("errors").is_some() {
        return Err(Error::Refused(answer["errors"].take()));
    }
    Ok(answer["data"].take())
}

/// The payload of the only mutation in `data`.
///
/// # Errors
/// When there is none.
pub fn payload(data: Value) -> Result<Value, Error> {
    let found = data.as_object().and_then(|fields| fields.values().next()).cloned();
    found.ok_or_else(|| Error::Unreadable(data.to_string()))
}

/// The payload, unless it has errors.
///
/// # Errors
/// [`Error::Problems`].
pub fn accepted(mut payload: Value) -> Result<Value, Error> {
    match payload["errors"].as_array() {
        Some(errors) if !errors.is_empty() => Err(Error::Problems(payload["errors"].take())),
        _ => Ok(payload),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_with_errors_is_refused_and_may_be_tried_again_when_it_says_so() {
        assert_eq!(data(r#"{"data":{"a":1}}"#).expect("an answer")["a"], 1);
        assert!(matches!(data("<html>"), Err(Error::Unreadable(_))));
        let refused = |errors: &str| data(&format!(r#"{{"data":null,"errors":[{errors}]}}"#)).expect_err("refused");
        let away = r#"{"message":"away","extensions":{"code":"UNAVAILABLE","retryable":true}}"#;
        assert!(refused(away).is_retryable());
        assert!(!refused(&format!(r#"{away},{{"message":"broken"}}"#)).is_retryable(), "a defect beside it");
        assert!(!Error::Unreadable(String::new()).is_retryable());
    }

    #[test]
    fn a_payload_is_the_only_field_and_may_have_errors() {
        let made = payload(json!({ "cartCreate": { "cart": { "id": "1" }, "errors": [] } })).expect("a payload");
        assert_eq!(accepted(made).expect("no errors")["cart"]["id"], "1");
        assert!(payload(Value::Null).is_err());
        let refused = json!({ "cart": null, "errors": [{ "message": "no stock" }] });
        assert!(accepted(refused).expect_err("an error").to_string().contains("no stock"));
    }
}

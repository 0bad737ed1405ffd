//! How long a request to the graph may take.

use std::future::Future;
use std::time::Duration;

use async_graphql::{Error, ErrorExtensions, Response, ServerError};
use axum::http::HeaderMap;
use metrics::counter;

/// Answers within the time that the request asks for, which is no more than `longest`. What takes longer is left where it is and
/// answered with the code `UNAVAILABLE`: whether it was done is not known then.
pub(crate) async fn in_time(
    headers: &HeaderMap,
    longest: Duration,
    answer: impl Future<Output = Response>,
) -> Response {
    let asked = headers.get(deadline::HEADER).and_then(|value| deadline::asked(value.to_str().ok()?));
    let limit = asked.map_or(longest, |asked| asked.min(longest));
    deadline::within(limit, answer).await.unwrap_or_else(|over| {
        tracing::info!(%over, "request given up");
        counter!("graphql_requests_late_total").increment(1);
        let error = Error::new("this took longer than it may, and whether it was done is not known: ask again, a change with the same idempotencyKey");
        let error = error.extend_with(|_, e| {
            e.set("code", "UNAVAILABLE");
            e.set("retryable", true);
        });
        Response::from_errors(vec![ServerError { extensions: error.extensions, ..ServerError::new(error.message, None) }])
    })
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);

    fn headers(value: &str) -> HeaderMap {
        HeaderMap::from_iter([(axum::http::HeaderName::from_static(deadline::HEADER), value.parse().unwrap())])
    }

    /// How long the request has, in whole seconds.
    async fn given(headers: &HeaderMap) -> u64 {
        let told = std::sync::OnceLock::new();
        let answer = async {
            told.set(deadline::left().unwrap()).unwrap();
            Response::default()
        };
        assert!(in_time(headers, HOUR, answer).await.errors.is_empty());
        told.get().unwrap().as_secs_f64().ceil() as u64
    }

    #[tokio::test]
    async fn a_request_has_what_it_asks_for_and_no_more_than_the_longest() {
        assert_eq!(given(&headers("60000")).await, 60);
        assert_eq!(given(&headers("7200000")).await, 3600);
        assert_eq!(given(&headers("soon")).await, 3600);
        assert_eq!(given(&HeaderMap::new()).await, 3600);
    }

    #[tokio::test]
    async fn what_takes_longer_is_unavailable() {
        let response = in_time(&headers("5"), HOUR, pending()).await;
        let error = serde_json::to_value(&response.errors[0]).unwrap();
        assert_eq!(error["extensions"], serde_json::json!({ "code": "UNAVAILABLE", "retryable": true }));
        let message = error["message"].as_str().unwrap();
        assert!(message.contains("not known") && message.contains("idempotencyKey"), "{message}");
    }
}

//! Each request: a span that continues its caller's trace, an id, and a line in the log.
//!
//! Neither holds more than names of the graph and of routes, so that nothing secret can get there: no arguments, no paths as
//! they came, no headers but the request's id.

use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use gql::Operation;
use kernel::Clock;
use tracing::field::Empty;
use tracing::{Instrument, Span, info_span};

const REQUEST_ID: &str = "x-request-id";
/// Longer ids are not taken over.
const LONGEST_ID: usize = 64;

/// What is asked again and again by machines, besides `/health/…`.
const POLLED: [&str; 2] = ["/metrics", "/.well-known/jwks.json"];

/// The router with each request told, except those for what is polled.
pub(crate) fn told(router: Router, service: &'static str, clock: Arc<dyn Clock>) -> Router {
    router.layer(from_fn(move |request: Request, next: Next| {
        let clock = clock.clone();
        async move {
            let path = request.uri().path();
            if path.starts_with("/health/") || POLLED.contains(&path) {
                return next.run(request).await;
            }
            answer(service, &*clock, request, next).await
        }
    }))
}

async fn answer(service: &'static str, clock: &dyn Clock, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = request_id(&request).unwrap_or_else(|| clock.uuid().to_string());
    let caller = header(&request, "traceparent").map(str::to_owned);
    let route = request.extensions().get::<MatchedPath>().map_or("unknown", MatchedPath::as_str);
    let route = format!("{} {route}", request.method());
    let span = info_span!(
        target: trace::TARGET, "request", service.name = service, otel.kind = "server", otel.name = route,
        otel.status_code = Empty, http.response.status_code = Empty, graphql.operation.type = Empty,
        graphql.operation.name = Empty, request.id = id,
    );
    trace::follow(&span, caller.as_deref());
    let within = async { (next.run(request).await, trace::traceparent()) };
    let (mut response, here) = within.instrument(span.clone()).await;

    let asked = response.extensions_mut().remove::<Operation>();
    record(&span, asked.as_ref(), response.status());
    let operation = asked.as_ref().map_or(route, |asked| format!("{} {}", asked.kind, asked.fields));
    let (status, errors) = (response.status().as_u16(), asked.map_or(0, |asked| asked.errors));
    let ms = (started.elapsed().as_secs_f64() * 100_000.0).round() / 100.0;
    let trace_id = here.or(caller).and_then(|traceparent| trace::trace_id(&traceparent));
    let (request_id, trace_id) = (id.as_str(), trace_id.as_deref());
    tracing::info!(target: "techcorp::request", service, operation, status, errors, ms, request_id, trace_id, "request");
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}

fn record(span: &Span, asked: Option<&Operation>, status: StatusCode) {
    if span.is_disabled() {
        return;
    }
    span.record("http.response.status_code", status.as_u16());
    if let Some(asked) = asked {
        trace::rename(span, format!("{} {}", asked.kind, asked.fields));
        span.record("graphql.operation.type", asked.kind);
        span.record("graphql.operation.name", asked.name.as_deref());
    }
    if status.is_server_error() || asked.is_some_and(|asked| asked.errors > 0) {
        span.record("otel.status_code", "ERROR");
    }
}

fn header<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    request.headers().get(name).and_then(|value| value.to_str().ok())
}

/// The id that the caller has given, when it is one: it gets into logs.
fn request_id(request: &Request) -> Option<String> {
    let given = header(request, REQUEST_ID)?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte);
    (!given.is_empty() && given.len() <= LONGEST_ID && given.bytes().all(is_plain)).then(|| given.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_id_is_taken_over() {
        let given = |value: &str| {
            let request =
                Request::builder().header(REQUEST_ID, value).body(axum::body::Body::empty()).expect("a request");
            request_id(&request)
        };
        assert_eq!(given("0199-abc_1.x:2").as_deref(), Some("0199-abc_1.x:2"));
        for bad in ["", "a b", "a\"b", "{\"a\":1}", &"a".repeat(65)] {
            assert_eq!(given(bad), None, "{bad}");
        }
    }
}

//! What providers tell us over HTTP.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use kernel::{Failure, FaultKind};

use crate::app::{App, Received};

/// More than any event of a provider has, in bytes.
const MAX_BODY: usize = 256 << 10;

/// `POST /webhooks/{provider}`.
pub(crate) fn router(app: App) -> Router {
    Router::new().route("/webhooks/{provider}", post(receive)).layer(DefaultBodyLimit::max(MAX_BODY)).with_state(app)
}

async fn receive(
    State(app): State<App>,
    Path(provider): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, &'static str) {
    match app.receive(&provider, &headers, &body).await {
        Ok(Received::Done) => (StatusCode::OK, ""),
        Ok(Received::Unknown) => (StatusCode::NOT_FOUND, "there is no such payment provider"),
        Err(Failure::Problems(problems)) => {
            for error in problems {
                tracing::warn!(provider, %error, "a webhook is refused");
            }
            (StatusCode::BAD_REQUEST, "the event is not signed by the provider, or cannot be read")
        }
        Err(Failure::Fault(fault)) => {
            tracing::error!(provider, %fault, "a webhook had no effect; the provider sends it again");
            let status = match fault.kind() {
                FaultKind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
                FaultKind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            };
            (status, "")
        }
    }
}

//! What others need to know to verify our tokens (RFC 8615).

use axum::extract::State;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use kernel::Scope;
use serde_json::{Value, json};

use crate::app::{App, ISSUER};

const JWKS: &str = "/.well-known/jwks.json";
/// Much shorter than a new key is published before it signs.
const CACHED: &str = "public, max-age=300";

pub(crate) fn router(app: App) -> Router {
    Router::new().route(JWKS, get(keys)).route("/.well-known/openid-configuration", get(configuration)).with_state(app)
}

/// The public keys (RFC 7517).
async fn keys(State(app): State<App>) -> Response {
    match app.trusted_keys().await {
        Ok(keys) => ([(header::CACHE_CONTROL, CACHED)], Json(keys)).into_response(),
        Err(fault) => {
            tracing::error!(%fault, "the keys cannot be read");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

/// The discovery document (OpenID Connect Discovery 1.0, section 3), with what this service does and nothing else: sign-in is
/// by the graph, so there is neither an authorization nor a token endpoint.
async fn configuration(headers: HeaderMap) -> Json<Value> {
    let scopes: Vec<String> = Scope::all().map(|scope| scope.to_string()).collect();
    Json(json!({
        "issuer": ISSUER,
        "jwks_uri": address(&headers),
        "scopes_supported": scopes,
        "claims_supported": ["iss", "aud", "sub", "scope", "sid", "jti", "iat", "exp"],
        "subject_types_supported": ["public"],
        "response_types_supported": [],
        "grant_types_supported": [],
    }))
}

/// The address of the keys at the host that was asked. The service does not know by which names it is reached.
fn address(headers: &HeaderMap) -> String {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let host = text("host").and_then(|host| host.parse::<Authority>().ok());
    let scheme = if text("x-forwarded-proto") == Some("https") { "https" } else { "http" };
    host.map_or_else(|| JWKS.to_owned(), |host| format!("{scheme}://{host}{JWKS}"))
}

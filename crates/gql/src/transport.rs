use std::sync::Arc;

use async_graphql::{ErrorExtensions, Executor, Response, ServerError};
use async_graphql_axum::{GraphQLProtocol, GraphQLRequest, GraphQLResponse, GraphQLWebSocket};
use axum::Router;
use axum::extract::{DefaultBodyLimit, State, WebSocketUpgrade};
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use axum::routing::{get, post};

use crate::TokenVerifier;

/// Limits of a subgraph's own endpoint. The gateway has tighter ones; these hold for who reaches the subgraph directly.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Nesting of fields.
    pub depth: usize,
    /// Number of fields.
    pub complexity: usize,
    /// Size of a request in bytes.
    pub body_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { depth: 16, complexity: 2_000, body_bytes: 1 << 20 }
    }
}

#[derive(Clone)]
struct Served<E> {
    executor: E,
    verifier: Arc<TokenVerifier>,
}

/// Serves a schema: `POST /graphql`, and `/ws` with the graphql-transport-ws protocol.
pub fn router<E: Executor>(executor: E, verifier: Arc<TokenVerifier>, limits: Limits) -> Router {
    Router::new()
        .route("/graphql", post(answer::<E>))
        .route("/ws", get(upgrade::<E>))
        .layer(DefaultBodyLimit::max(limits.body_bytes))
        .with_state(Served { executor, verifier })
}

async fn answer<E: Executor>(
    State(served): State<Served<E>>,
    headers: HeaderMap,
    request: GraphQLRequest,
) -> GraphQLResponse {
    match served.verifier.actor(&headers) {
        Ok(actor) => served.executor.execute(request.into_inner().data(actor)).await.into(),
        Err(error) => {
            let error =
                async_graphql::Error::new(error.to_string()).extend_with(|_, e| e.set("code", "UNAUTHENTICATED"));
            Response::from_errors(vec![ServerError {
                extensions: error.extensions,
                ..ServerError::new(error.message, None)
            }])
            .into()
        }
    }
}

async fn upgrade<E: Executor>(
    State(served): State<Served<E>>,
    protocol: GraphQLProtocol,
    headers: HeaderMap,
    socket: WebSocketUpgrade,
) -> impl IntoResponse {
    // A refused token has no rights here either; the guards answer for the fields that need them.
    let actor = served.verifier.actor(&headers).unwrap_or_default();
    let mut data = async_graphql::Data::default();
    data.insert(actor);
    socket
        .protocols(async_graphql::http::ALL_WEBSOCKET_PROTOCOLS)
        .on_upgrade(move |stream| GraphQLWebSocket::new(stream, served.executor, protocol).with_data(data).serve())
}

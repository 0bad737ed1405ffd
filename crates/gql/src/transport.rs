use std::sync::Arc;
use std::time::Duration;

use async_graphql::{ErrorExtensions, Executor, Response, ServerError};
use async_graphql_axum::{GraphQLProtocol, GraphQLRequest, GraphQLResponse, GraphQLWebSocket};
use axum::Router;
use axum::extract::{DefaultBodyLimit, State, WebSocketUpgrade};
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::response::{IntoResponse, Response as HttpResponse};
use axum::routing::{get, post};

use crate::time_limit::in_time;
use crate::{Operation, TokenError, TokenVerifier};

/// Limits of a subgraph's own endpoint. The gateway has tighter ones; these hold for who reaches the subgraph directly.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Nesting of fields.
    pub depth: usize,
    /// Number of fields.
    pub complexity: usize,
    /// Size of a request in bytes.
    pub body_bytes: usize,
    /// How long a request may take; one that asks for less by `x-request-timeout-ms` has less.
    pub time: Duration,
}

impl Default for Limits {
    /// Ten seconds: as long as the gateway waits, and as a statement may run.
    fn default() -> Self {
        Self { depth: 16, complexity: 2_000, body_bytes: 1 << 20, time: Duration::from_secs(10) }
    }
}

#[derive(Clone)]
struct Served<E> {
    executor: E,
    verifier: Arc<TokenVerifier>,
    time: Duration,
}

/// Serves a schema: `POST /graphql`, and `/ws` with the graphql-transport-ws protocol. An answer says in its extensions to which
/// [`Operation`] it is, for whoever logs it.
pub fn router<E: Executor>(executor: E, verifier: Arc<TokenVerifier>, limits: Limits) -> Router {
    Router::new()
        .route("/graphql", post(answer::<E>))
        .route("/ws", get(upgrade::<E>))
        .layer(DefaultBodyLimit::max(limits.body_bytes))
        .with_state(Served { executor, verifier, time: limits.time })
}

async fn answer<E: Executor>(
    State(served): State<Served<E>>,
    headers: HeaderMap,
    request: GraphQLRequest,
) -> HttpResponse {
    let mut request = request.into_inner();
    let asked = Operation::of(&mut request);
    let answer = match served.verifier.actor(&headers) {
        Ok(actor) => in_time(&headers, served.time, served.executor.execute(request.data(actor))).await,
        Err(error) => {
            let error =
                async_graphql::Error::new(error.to_string()).extend_with(|_, e| e.set("code", "UNAUTHENTICATED"));
            Response::from_errors(vec![ServerError {
                extensions: error.extensions,
                ..ServerError::new(error.message, None)
            }])
        }
    };
    let asked = Operation { errors: answer.errors.len(), ..asked };
    let mut response = GraphQLResponse::from(answer).into_response();
    response.extensions_mut().insert(asked);
    response
}

async fn upgrade<E: Executor>(
    State(served): State<Served<E>>,
    protocol: GraphQLProtocol,
    headers: HeaderMap,
    socket: WebSocketUpgrade,
) -> impl IntoResponse {
    // A client that cannot set headers, and the gateway, send the token in the first message; a browser cannot do otherwise.
    let first = move |payload: serde_json::Value| async move {
        let mut headers = headers;
        let sent =
            payload.as_object().into_iter().flatten().find(|(name, _)| name.eq_ignore_ascii_case("authorization"));
        if let Some(token) = sent.and_then(|(_, value)| value.as_str()) {
            let token = token.parse().map_err(|_| async_graphql::Error::new(TokenError::Invalid.to_string()))?;
            headers.insert(AUTHORIZATION, token);
        }
        // A refused token ends the connection: its sender believes to be signed in.
        let actor = served.verifier.actor(&headers).map_err(|error| async_graphql::Error::new(error.to_string()))?;
        let mut data = async_graphql::Data::default();
        data.insert(actor);
        Ok(data)
    };
    socket.protocols(async_graphql::http::ALL_WEBSOCKET_PROTOCOLS).on_upgrade(move |stream| {
        GraphQLWebSocket::new(stream, served.executor, protocol).on_connection_init(first).serve()
    })
}

use std::sync::Arc;
use std::time::Duration;

use async_graphql::{ErrorExtensions, Executor, Request, Response, ServerError};
use async_graphql_axum::rejection::GraphQLRejection;
use async_graphql_axum::{GraphQLProtocol, GraphQLRequest, GraphQLResponse, GraphQLWebSocket};
use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{DefaultBodyLimit, FromRequest, Request as HttpRequest, State, WebSocketUpgrade};
use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response as HttpResponse};
use axum::routing::{get, post};
use kernel::Actor;

use crate::answers::Kept;
use crate::documents::Documents;
use crate::time_limit::in_time;
use crate::{Answers, Operation, TokenError, TokenVerifier};

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
    documents: Documents,
    answers: Option<Answers>,
    time: Duration,
}

/// Serves a schema: `POST /graphql`, and `/ws` with the graphql-transport-ws protocol. An answer says in its extensions to which
/// [`Operation`] it is, for whoever logs it.
pub fn router<E: Executor>(executor: E, verifier: Arc<TokenVerifier>, limits: Limits) -> Router {
    serve(executor, verifier, limits, None)
}

/// The same; answers to queries are kept and given again to whom they are for.
pub fn router_keeping<E: Executor>(
    executor: E,
    verifier: Arc<TokenVerifier>,
    limits: Limits,
    answers: Answers,
) -> Router {
    serve(executor, verifier, limits, Some(answers))
}

fn serve<E: Executor>(executor: E, verifier: Arc<TokenVerifier>, limits: Limits, answers: Option<Answers>) -> Router {
    let documents = Documents::default();
    Router::new()
        .route("/graphql", post(answer::<E>))
        .route("/ws", get(upgrade::<E>))
        .layer(DefaultBodyLimit::max(limits.body_bytes))
        .with_state(Served { executor, verifier, documents, answers, time: limits.time })
}

async fn answer<E: Executor>(State(served): State<Served<E>>, request: HttpRequest) -> HttpResponse {
    let actor = served.verifier.actor(request.headers());
    let answered = match (&served.answers, actor) {
        // By itself: its state is large, and would be moved with each request that has none of it.
        (Some(answers), Ok(actor)) if answers.are_for(&actor) => {
            Box::pin(known(&served, answers, actor, request)).await
        }
        (_, actor) => fresh(&served, actor, request).await,
    };
    answered.unwrap_or_else(|unreadable| unreadable)
}

/// The answer as it was given before, if it still holds.
async fn known<E: Executor>(
    served: &Served<E>,
    answers: &Answers,
    actor: Actor,
    request: HttpRequest,
) -> Result<HttpResponse, HttpResponse> {
    let (parts, body) = request.into_parts();
    let body = Bytes::from_request(HttpRequest::from_parts(parts.clone(), body), &()).await;
    let question = answers.question(body.map_err(IntoResponse::into_response)?);
    if let Some(kept) = answers.known(&question).await {
        return Ok(kept.response());
    }
    let again = || HttpRequest::from_parts(parts.clone(), Body::from(question.body.clone()));
    let (request, asked) = read(served, again()).await?;
    if asked.kind != "query" {
        let response = execute(served, &parts.headers, Ok(actor), request, asked).await;
        answers.outdated();
        return Ok(response);
    }
    let mut own = false;
    let made = answers.make(&question, async {
        own = true;
        let response = execute(served, &parts.headers, Ok(actor.clone()), request, asked.clone()).await;
        let errors = response.extensions().get::<Operation>().map_or(1, |told| told.errors);
        let (told, body) = response.into_parts();
        match to_bytes(body, usize::MAX).await {
            Ok(body) => Kept {
                body,
                content_type: told.headers.get(CONTENT_TYPE).cloned(),
                asked: Operation { errors, ..asked },
            },
            // It is in memory already.
            Err(error) => unreachable!("{error}"),
        }
    });
    let made = made.await;
    // Whoever made it may have had less time than we have.
    if made.asked.errors > 0 && !own {
        return fresh(served, Ok(actor), again()).await;
    }
    Ok(made.response())
}

async fn fresh<E: Executor>(
    served: &Served<E>,
    actor: Result<Actor, TokenError>,
    request: HttpRequest,
) -> Result<HttpResponse, HttpResponse> {
    let headers = request.headers().clone();
    let (request, asked) = read(served, request).await?;
    let changes = asked.kind != "query";
    let response = execute(served, &headers, actor, request, asked).await;
    if let (Some(answers), true) = (&served.answers, changes) {
        answers.outdated();
    }
    Ok(response)
}

async fn read<E: Executor>(served: &Served<E>, request: HttpRequest) -> Result<(Request, Operation), HttpResponse> {
    let request = GraphQLRequest::<GraphQLRejection>::from_request(request, &()).await;
    let mut request = request.map_err(IntoResponse::into_response)?.into_inner();
    served.documents.read(&mut request);
    let asked = Operation::of(&mut request);
    Ok((request, asked))
}

async fn execute<E: Executor>(
    served: &Served<E>,
    headers: &HeaderMap,
    actor: Result<Actor, TokenError>,
    request: Request,
    asked: Operation,
) -> HttpResponse {
    let answer = match actor {
        Ok(actor) => in_time(headers, served.time, served.executor.execute(request.data(actor))).await,
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

use std::sync::Arc;
use std::time::Duration;

use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use sqlx::PgPool;
use tokio::net::TcpListener;
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::StartError;

const DRAIN_DEADLINE: Duration = Duration::from_secs(10);
const READY_DEADLINE: Duration = Duration::from_secs(2);

/// Answers `/health/live` (the process runs) and `/health/ready` (its dependencies answer; names the one that does not).
#[derive(Debug, Clone)]
pub struct Health {
    service: &'static str,
    pool: PgPool,
}

impl Health {
    /// Health of a service that needs its database.
    pub fn new(service: &'static str, pool: PgPool) -> Self {
        Self { service, pool }
    }

    /// The two routes.
    pub fn router(self) -> Router {
        let health = Arc::new(self);
        Router::new().route("/health/live", get(|| async { "live" })).route(
            "/health/ready",
            get(move || {
                let health = health.clone();
                async move { health.ready().await }
            }),
        )
    }

    async fn ready(&self) -> (StatusCode, Json<std::collections::BTreeMap<&'static str, String>>) {
        let asked = sqlx::query("select 1").execute(&self.pool);
        let (status, database) = match timeout(READY_DEADLINE, asked).await {
            Ok(Ok(_)) => (StatusCode::OK, "ready".to_owned()),
            Ok(Err(error)) => {
                tracing::warn!(%error, "database is not ready");
                (StatusCode::SERVICE_UNAVAILABLE, "refuses queries".to_owned())
            }
            Err(_) => (StatusCode::SERVICE_UNAVAILABLE, format!("no answer within {READY_DEADLINE:?}")),
        };
        (status, Json([("service", self.service.to_owned()), ("database", database)].into()))
    }
}

/// Opens the port.
///
/// # Errors
/// Names the port and what to do when it is taken.
pub async fn bind(service: &str, host: &str, port: u16) -> Result<TcpListener, StartError> {
    TcpListener::bind((host, port)).await.map_err(|error| {
        StartError::new(
            format!("{service} cannot listen on {host}:{port}: {error}"),
            format!("stop what uses port {port} (`ss -ltnp 'sport = :{port}'` names it), then start again"),
        )
    })
}

/// Serves until the token is cancelled, then stops accepting and finishes the requests under way. A connection that does
/// not end by itself, such as a WebSocket, is cut after ten seconds.
///
/// # Errors
/// The listener's.
pub async fn serve(listener: TcpListener, router: Router, stop: CancellationToken) -> std::io::Result<()> {
    let asked = stop.clone();
    let served = axum::serve(listener, router).with_graceful_shutdown(asked.cancelled_owned());
    tokio::select! {
        ended = served.into_future() => ended,
        () = async { stop.cancelled().await; sleep(DRAIN_DEADLINE).await } => Ok(()),
    }
}

use std::collections::BTreeMap;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::http::StatusCode;
use axum::routing::get;
use axum::{Extension, Json, Router};
use sqlx::PgPool;
use tokio::time::timeout;

const READY_DEADLINE: Duration = Duration::from_secs(2);

type Look = Box<dyn Fn() -> Pin<Box<dyn Future<Output = bool> + Send>> + Send + Sync>;

/// A part beside the database that a service uses, and does without for a while: events wait, limits and caches are kept in the
/// process, searches are answered from the database.
pub struct Part {
    name: &'static str,
    look: Look,
}

impl Part {
    /// The part of the name, and how to see whether it answers.
    pub fn new<F>(name: &'static str, look: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = bool> + Send + 'static,
    {
        Self { name, look: Box::new(move || Box::pin(look())) }
    }

    async fn answers(&self) -> bool {
        timeout(READY_DEADLINE, (self.look)()).await.unwrap_or(false)
    }
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Part").field(&self.name).finish()
    }
}

/// The parts of a service, for its [`Health`]: whoever runs it adds them to its router as an extension.
#[derive(Debug, Clone, Default)]
pub struct Parts(Arc<Vec<Part>>);

impl Parts {
    /// These.
    pub fn new(parts: Vec<Part>) -> Self {
        Self(Arc::new(parts))
    }

    /// Each part, and whether it answers; all are asked at once.
    async fn states(&self) -> Vec<(&'static str, bool)> {
        let mut asked = tokio::task::JoinSet::new();
        for index in 0..self.0.len() {
            let parts = self.0.clone();
            asked.spawn(async move { (parts[index].name, parts[index].answers().await) });
        }
        asked.join_all().await
    }
}

/// Answers `/health/live` (the process runs), `/health/serving` and `/health/ready`.
///
/// `/health/ready` names each part and how it is. Only a database that is away makes the service unready (503), for nothing can be
/// done without it. Any other part makes it `degraded`, which is ready: taking every replica out of use because the broker is away
/// would turn a delay into an outage.
///
/// `/health/serving` says whether this replica answers requests, and asks no part: all replicas share them, so what is away is away for
/// all, and a gateway that finds none left can only say that, while a replica refuses with a code that says to try again. A service
/// opens it when its start is done, and [`serve`](crate::serve) closes it with the notice.
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

    /// The three routes.
    pub fn router(self) -> Router {
        let health = Arc::new(self);
        let ready = move |parts: Option<Extension<Parts>>| {
            let health = health.clone();
            async move { health.ready(parts.map(|Extension(parts)| parts).unwrap_or_default()).await }
        };
        Router::new()
            .route("/health/live", get(|| async { "live" }))
            .route("/health/serving", get(|| async { "serving" }))
            .route("/health/ready", get(ready))
    }

    async fn ready(&self, parts: Parts) -> (StatusCode, Json<BTreeMap<&'static str, String>>) {
        let (database, states) = tokio::join!(self.database(), parts.states());
        let degraded = states.iter().any(|(_, answers)| !answers);
        let (code, status) = match (&database, degraded) {
            (Err(_), _) => (StatusCode::SERVICE_UNAVAILABLE, "unready"),
            (Ok(()), true) => (StatusCode::OK, "degraded"),
            (Ok(()), false) => (StatusCode::OK, "ready"),
        };
        let state = |answers: bool| if answers { "ready" } else { "away" }.to_owned();
        let mut body: BTreeMap<_, _> = states.into_iter().map(|(name, answers)| (name, state(answers))).collect();
        body.insert("service", self.service.to_owned());
        body.insert("status", status.to_owned());
        body.insert("database", database.err().unwrap_or_else(|| state(true)));
        (code, Json(body))
    }

    async fn database(&self) -> Result<(), String> {
        let asked = sqlx::query("select 1").execute(&self.pool);
        match timeout(READY_DEADLINE, asked).await {
            Ok(Ok(_)) => Ok(()),
            // Whoever may read this page need not learn where the database is.
            Ok(Err(error)) => {
                tracing::warn!(%error, "database is not ready");
                Err("away".to_owned())
            }
            Err(_) => Err(format!("no answer within {READY_DEADLINE:?}")),
        }
    }
}

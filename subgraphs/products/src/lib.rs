//! The products subgraph: catalogue, categories, variants, media and prices.

pub mod adapters;
pub mod app;
pub mod domain;
mod graphql;
mod store;

use std::sync::Arc;
use std::time::Duration;

use chassis::{Service, Task};
use kernel::{Clock, Scope};
use messaging::Outbox;
use sqlx::PgPool;

pub use graphql::ApiSchema;

/// Name of the service, of its schema and of its role.
pub const NAME: &str = "products";
/// Port when the process runs by itself.
pub const PORT: u16 = 4003;

/// The pause between two turns of forgetting.
const FORGET_PAUSE: Duration = Duration::from_secs(3_600);

/// How much of what shoppers were answered is kept, in bytes.
const KEPT_BYTES: u64 = 16 << 20;
/// How long an answer is kept if nobody tells of a change.
const KEPT_FOR: Duration = Duration::from_secs(5);

/// What the subgraph works with.
#[derive(Debug, Clone)]
pub struct Resources {
    /// Connections that act as the service's role.
    pub pool: PgPool,
    /// Time and new ids.
    pub clock: Arc<dyn Clock>,
    /// Where events are left.
    pub outbox: Outbox,
    /// Knows the keys that access tokens are signed with.
    pub verifier: Arc<gql::TokenVerifier>,
}

/// The service's part of the database.
pub fn schema() -> chassis::Schema {
    chassis::Schema::new(NAME, &sqlx::migrate!())
        .with(messaging::migrations(NAME))
        .with(resilience::idempotency::migrations(NAME))
}

/// The subgraph's schema as it is composed into the graph.
pub fn sdl() -> String {
    graphql::sdl()
}

/// The executable schema, as the router serves it.
pub fn api(resources: &Resources) -> ApiSchema {
    graphql::api(app::App::new(resources.pool.clone(), resources.clock.clone()).outbox(resources.outbox))
}

/// The kinds of event that the service listens to: none.
pub fn kinds() -> Vec<&'static str> {
    Vec::new()
}

/// The service as a process runs it.
pub fn service(resources: &Resources) -> Service {
    let answers = gql::Answers::new(KEPT_BYTES, KEPT_FOR, |actor| !actor.may(Scope::CatalogueRead));
    let (verifier, limits) = (resources.verifier.clone(), gql::Limits::default());
    let router = gql::router_keeping(api(resources), verifier, limits, answers.clone())
        .merge(chassis::Health::new(NAME, resources.pool.clone()).router());
    let app = app::App::new(resources.pool.clone(), resources.clock.clone()).outbox(resources.outbox);
    let forget = Task::every("products: forget old idempotency keys", FORGET_PAUSE, move || {
        let app = app.clone();
        async move { app.forget_keys().await }
    });
    // Triggers notify of every change of a table that answers tell of.
    let follow = Task::listening("products: answers that do not hold any more", async move |stop, notifications| {
        stop.run_until_cancelled(notifications.listen("products_changed", |_| answers.outdated())).await;
    });
    Service { router, tasks: vec![forget, follow] }
}

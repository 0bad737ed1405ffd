//! The products subgraph: catalogue, categories, variants, media and prices.

pub mod adapters;
pub mod app;
pub mod domain;
mod graphql;
mod store;

use std::sync::Arc;
use std::time::Duration;

use chassis::{Service, Task};
use kernel::Clock;
use sqlx::PgPool;

pub use graphql::ApiSchema;

/// Name of the service, of its schema and of its role.
pub const NAME: &str = "products";
/// Port when the process runs by itself.
pub const PORT: u16 = 4003;

/// The pause between two turns of forgetting.
const FORGET_PAUSE: Duration = Duration::from_secs(3_600);

/// What the subgraph works with.
#[derive(Debug, Clone)]
pub struct Resources {
    /// Connections that act as the service's role.
    pub pool: PgPool,
    /// Time and new ids.
    pub clock: Arc<dyn Clock>,
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
    graphql::api(app::App::new(resources.pool.clone(), resources.clock.clone()))
}

/// The kinds of event that the service listens to: none.
pub fn kinds() -> Vec<&'static str> {
    Vec::new()
}

/// The service as a process runs it.
pub fn service(resources: &Resources) -> Service {
    let router = gql::router(api(resources), resources.verifier.clone(), gql::Limits::default())
        .merge(chassis::Health::new(NAME, resources.pool.clone()).router());
    let app = app::App::new(resources.pool.clone(), resources.clock.clone());
    let forget = Task::every("products: forget old idempotency keys", FORGET_PAUSE, move || {
        let app = app.clone();
        async move { app.forget_keys().await }
    });
    Service { router, tasks: vec![forget] }
}

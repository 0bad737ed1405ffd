//! The search subgraph: the index of products and of orders.

pub mod adapters;
pub mod app;
mod consumers;
pub mod domain;
mod graphql;
mod store;
mod worker;

use std::path::PathBuf;
use std::sync::Arc;

use chassis::Service;
use kernel::Clock;
use messaging::Consumer;
use resilience::cache::Cache;
use sqlx::PgPool;

pub use graphql::ApiSchema;

/// Name of the service, of its schema and of its role.
pub const NAME: &str = "search";
/// Port when the process runs by itself.
pub const PORT: u16 = 4008;

/// What the subgraph works with.
#[derive(Debug, Clone)]
pub struct Resources {
    /// Connections that act as the service's role.
    pub pool: PgPool,
    /// Time and new ids.
    pub clock: Arc<dyn Clock>,
    /// Knows the keys that access tokens are signed with.
    pub verifier: Arc<gql::TokenVerifier>,
    /// Where the index of products lies, in a folder of this process alone. What is in it can be deleted: it is made again.
    pub index_dir: PathBuf,
    /// Keeps first pages of searches for a while.
    pub cache: Arc<dyn Cache>,
}

/// The service's part of the database.
pub fn schema() -> chassis::Schema {
    chassis::Schema::new(NAME, &sqlx::migrate!()).with(messaging::migrations(NAME))
}

/// The subgraph's schema as it is composed into the graph.
pub fn sdl() -> String {
    graphql::sdl()
}

/// The use cases. They open the index when it is first needed; who needs both the graph and the indexer shares these.
pub fn app(resources: &Resources) -> app::App {
    let index = adapters::TantivyIndex::new(resources.index_dir.clone(), resources.clock.clone());
    app::App::new(resources.pool.clone(), Arc::new(index), resources.cache.clone())
}

/// The executable schema, as the router serves it.
pub fn api(resources: &Resources) -> ApiSchema {
    api_with(app(resources))
}

/// The executable schema over these use cases.
pub fn api_with(app: app::App) -> ApiSchema {
    graphql::api(app)
}

/// What the service does with the events of others.
pub fn consumer(resources: &Resources) -> Consumer {
    consumers::consumer(resources, &app(resources))
}

/// The service as a process runs it: the graph and the indexer share one index.
pub fn service(resources: &Resources) -> Service {
    let app = app(resources);
    let router = gql::router(api_with(app.clone()), resources.verifier.clone(), gql::Limits::default())
        .merge(chassis::Health::new(NAME, resources.pool.clone()).router());
    Service { router, tasks: vec![worker::indexer(resources.pool.clone(), app)] }
}

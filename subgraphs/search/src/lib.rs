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
use std::time::Duration;

use adapters::{OpenSearchOrders, OpenSearchProducts, TantivyIndex};
use app::{OrderDocuments, OrderIndex, ProductIndex};
use chassis::Service;
use kernel::{Clock, Fault};
use messaging::Consumer;
use resilience::cache::Cache;
use resilience::lock::{Locks, Turn};
use sqlx::PgPool;

pub use adapters::Server;
pub use graphql::ApiSchema;

/// Name of the service, of its schema and of its role.
pub const NAME: &str = "search";
/// Port when the process runs by itself.
pub const PORT: u16 = 4008;

/// Of several processes with one index one writes it. When it dies, another takes over after this time.
pub const TURN: Duration = Duration::from_secs(10);

/// Where the indexes are. They can be deleted in either place: they are made again.
#[derive(Debug, Clone)]
pub enum Index {
    /// That of products in files below a folder of this process alone; orders are found in the database itself.
    Embedded(PathBuf),
    /// On a server, which the processes share.
    OpenSearch(Server),
}

impl Index {
    /// On the server that `OPENSEARCH_URL` names, or in the folder when that is unset; see [`Server::from_env`].
    ///
    /// # Errors
    /// When a variable cannot be used.
    pub fn from_env(folder: PathBuf) -> Result<Self, Fault> {
        Ok(Server::from_env()?.map_or(Self::Embedded(folder), Self::OpenSearch))
    }

    /// Names the turn to write the index of these documents: one for each index on a server. That of products has the name that the
    /// version before gives it.
    fn turn(&self, of: &str) -> String {
        let indexer = if of == "products" { "search:indexer".to_owned() } else { format!("search:indexer-{of}") };
        match self {
            Self::Embedded(_) => indexer,
            Self::OpenSearch(server) => format!("{indexer}:{}", server.prefix()),
        }
    }

    fn products(&self, clock: &Arc<dyn Clock>) -> Arc<dyn ProductIndex> {
        match self {
            Self::Embedded(folder) => Arc::new(TantivyIndex::new(folder.clone(), clock.clone())),
            Self::OpenSearch(server) => Arc::new(OpenSearchProducts::new(server.clone(), clock.clone())),
        }
    }

    fn orders(&self, pool: &PgPool, clock: &Arc<dyn Clock>) -> Arc<dyn OrderIndex> {
        match self {
            Self::Embedded(_) => Arc::new(OrderDocuments::new(pool.clone())),
            Self::OpenSearch(server) => Arc::new(OpenSearchOrders::new(server.clone(), clock.clone())),
        }
    }
}

/// What the subgraph works with.
#[derive(Debug, Clone)]
pub struct Resources {
    /// Connections that act as the service's role.
    pub pool: PgPool,
    /// Time and new ids.
    pub clock: Arc<dyn Clock>,
    /// Knows the keys that access tokens are signed with.
    pub verifier: Arc<gql::TokenVerifier>,
    /// Where the indexes are.
    pub index: Index,
    /// Keeps first pages of searches for a while.
    pub cache: Arc<dyn Cache>,
    /// Locks among the processes that share the index.
    pub locks: Arc<dyn Locks>,
}

/// The service's part of the database.
pub fn schema() -> chassis::Schema {
    chassis::Schema::new(NAME, &sqlx::migrate!()).with(messaging::migrations(NAME))
}

/// The subgraph's schema as it is composed into the graph.
pub fn sdl() -> String {
    graphql::sdl()
}

/// The use cases. They open the indexes when they are first needed; who needs both the graph and the indexer shares these.
pub fn app(resources: &Resources) -> app::App {
    let Resources { pool, clock, index, cache, .. } = resources;
    app::App::new(pool.clone(), index.products(clock), index.orders(pool, clock), cache.clone())
}

/// The executable schema, as the router serves it.
pub fn api(resources: &Resources) -> ApiSchema {
    api_with(app(resources))
}

/// The executable schema over these use cases.
pub fn api_with(app: app::App) -> ApiSchema {
    graphql::api(app)
}

/// The kinds of event that the service listens to: its queue is made of them, before anything else of it is there.
pub fn kinds() -> Vec<&'static str> {
    consumers::handlers().kinds()
}

/// What the service does with the events of others.
pub fn consumer(resources: &Resources) -> Consumer {
    consumers::consumer(resources, &app(resources))
}

/// The service as a process runs it: the graph and the indexers share the indexes.
pub fn service(resources: &Resources) -> Service {
    let app = app(resources);
    let router = gql::router(api_with(app.clone()), resources.verifier.clone(), gql::Limits::default())
        .merge(chassis::Health::new(NAME, resources.pool.clone()).router());
    let turn = |of: &str| Turn::new(resources.locks.clone(), resources.index.turn(of), TURN);
    Service { router, tasks: worker::indexers(&app, turn) }
}

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

use adapters::{OpenSearchIndex, TantivyIndex};
use app::ProductIndex;
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

/// Where the index of products is. It can be deleted in either place: it is made again.
#[derive(Debug, Clone)]
pub enum Index {
    /// In files below a folder of this process alone.
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

    /// Names the turn to write it: one for each index on a server.
    fn turn(&self) -> String {
        match self {
            Self::Embedded(_) => "search:indexer".to_owned(),
            Self::OpenSearch(server) => format!("search:indexer:{}", server.prefix()),
        }
    }

    fn open(&self, clock: &Arc<dyn Clock>) -> Arc<dyn ProductIndex> {
        match self {
            Self::Embedded(folder) => Arc::new(TantivyIndex::new(folder.clone(), clock.clone())),
            Self::OpenSearch(server) => Arc::new(OpenSearchIndex::new(server.clone(), clock.clone())),
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
    /// Where the index of products is.
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

/// The use cases. They open the index when it is first needed; who needs both the graph and the indexer shares these.
pub fn app(resources: &Resources) -> app::App {
    let index = resources.index.open(&resources.clock);
    app::App::new(resources.pool.clone(), index, resources.cache.clone())
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

/// The service as a process runs it: the graph and the indexer share one index.
pub fn service(resources: &Resources) -> Service {
    let app = app(resources);
    let router = gql::router(api_with(app.clone()), resources.verifier.clone(), gql::Limits::default())
        .merge(chassis::Health::new(NAME, resources.pool.clone()).router());
    let turn = Turn::new(resources.locks.clone(), resources.index.turn(), TURN);
    Service { router, tasks: vec![worker::indexer(app, turn)] }
}

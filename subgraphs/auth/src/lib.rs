//! The auth subgraph: accounts, sessions, tokens, roles.

pub mod app;
mod consumers;
pub mod domain;
mod graphql;
mod store;
mod well_known;

use std::sync::Arc;
use std::time::Duration;

use chassis::{Service, Task};
use kernel::{Clock, Fault};
use messaging::{Consumer, Outbox};
use resilience::throttle::Throttle;
use sqlx::PgPool;

pub use graphql::ApiSchema;

/// Name of the service, of its schema and of its role.
pub const NAME: &str = "auth";
/// Port when the process runs by itself.
pub const PORT: u16 = 4001;

/// How often the keys are looked after, and how long another replica's new key may be unknown here.
const KEYS_EVERY: Duration = Duration::from_secs(30);
/// How often old sessions are deleted.
const FORGET_EVERY: Duration = Duration::from_secs(3600);

/// What the subgraph works with.
#[derive(Debug, Clone)]
pub struct Resources {
    /// Connections that act as the service's role.
    pub pool: PgPool,
    /// Time and new ids.
    pub clock: Arc<dyn Clock>,
    /// Where events are left.
    pub outbox: Outbox,
    /// Knows the keys that access tokens are signed with. This service tells it: share it with whatever else verifies tokens
    /// in the process.
    pub verifier: Arc<gql::TokenVerifier>,
    /// Counts the attempts to sign in.
    pub throttle: Arc<dyn Throttle>,
}

/// The service's part of the database.
pub fn schema() -> chassis::Schema {
    chassis::Schema::new(NAME, &sqlx::migrate!()).with(messaging::migrations(NAME))
}

/// The subgraph's schema as it is composed into the graph.
pub fn sdl() -> String {
    graphql::sdl()
}

/// The use cases, for who calls them without the graph.
pub fn app(resources: &Resources) -> app::App {
    app::App::new(resources.pool.clone(), resources.clock.clone(), resources.throttle.clone()).outbox(resources.outbox)
}

/// The executable schema, as the router serves it.
pub fn api(resources: &Resources) -> ApiSchema {
    graphql::api(app(resources))
}

/// The kinds of event that the service listens to: its queue is made of them, before anything else of it is there.
pub fn kinds() -> Vec<&'static str> {
    consumers::handlers().kinds()
}

/// What the service does with the events of others.
pub fn consumer(resources: &Resources) -> Consumer {
    consumers::consumer(resources)
}

/// Makes the first signing key where there is none, and trusts those there are. To be awaited before the service answers.
///
/// # Errors
/// The database's.
pub async fn prepare(resources: &Resources) -> Result<(), Fault> {
    resources.verifier.trust(app(resources).keep_keys().await?);
    Ok(())
}

/// The service as a process runs it.
pub fn service(resources: &Resources) -> Service {
    let router = gql::router(api(resources), resources.verifier.clone(), gql::Limits::default())
        .merge(well_known::router(app(resources)))
        .merge(chassis::Health::new(NAME, resources.pool.clone()).router());
    let keys = {
        let resources = resources.clone();
        Task::every("auth.keys", KEYS_EVERY, move || {
            let resources = resources.clone();
            async move { prepare(&resources).await }
        })
    };
    let forget = {
        let app = app(resources);
        Task::every("auth.forget", FORGET_EVERY, move || {
            let app = app.clone();
            async move { app.forget_sessions().await }
        })
    };
    Service { router, tasks: vec![keys, forget] }
}

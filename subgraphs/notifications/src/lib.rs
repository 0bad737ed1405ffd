//! The notifications subgraph: templates, messages, preferences.

pub mod adapters;
pub mod app;
mod consumers;
pub mod domain;
mod graphql;
mod store;
mod worker;

use std::sync::Arc;

use chassis::Service;
use kernel::Clock;
use messaging::{Consumer, Outbox};
use sqlx::PgPool;

pub use graphql::ApiSchema;

/// Name of the service, of its schema and of its role.
pub const NAME: &str = "notifications";
/// Port when the process runs by itself.
pub const PORT: u16 = 4007;

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
    /// How e-mail leaves; [`adapters::from_env`] makes the one that the environment asks for.
    pub channel: Arc<dyn adapters::Channel>,
}

impl Resources {
    fn app(&self) -> app::App {
        app::App::new(self.pool.clone(), self.clock.clone(), self.channel.clone()).outbox(self.outbox)
    }
}

/// The service's part of the database.
pub fn schema() -> chassis::Schema {
    chassis::Schema::new(NAME, &sqlx::migrate!()).with(messaging::migrations(NAME))
}

/// The subgraph's schema as it is composed into the graph.
pub fn sdl() -> String {
    graphql::sdl()
}

/// The executable schema, as the router serves it.
pub fn api(resources: &Resources) -> ApiSchema {
    graphql::api(resources.app())
}

/// The kinds of event that the service listens to: its queue is made of them, before anything else of it is there.
pub fn kinds() -> Vec<&'static str> {
    consumers::handlers().kinds()
}

/// What the service does with the events of others.
pub fn consumer(resources: &Resources) -> Consumer {
    consumers::consumer(resources, &resources.app())
}

/// The service as a process runs it.
pub fn service(resources: &Resources) -> Service {
    let router = gql::router(api(resources), resources.verifier.clone(), gql::Limits::default())
        .merge(chassis::Health::new(NAME, resources.pool.clone()).router());
    Service { router, tasks: vec![worker::sender(resources.app())] }
}

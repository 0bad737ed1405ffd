//! The payments subgraph: payments, refunds, the ledger, and the providers that move the money.

pub mod adapters;
pub mod app;
mod consumers;
pub mod domain;
mod graphql;
mod store;
mod webhooks;

use std::sync::Arc;
use std::time::Duration;

use chassis::{Service, Task};
use kernel::Clock;
use messaging::{Consumer, Outbox};
use sqlx::PgPool;

pub use adapters::Providers;
pub use graphql::ApiSchema;

/// Name of the service, of its schema and of its role.
pub const NAME: &str = "payments";
/// Port when the process runs by itself.
pub const PORT: u16 = 4006;

/// How often the sandbox looks for webhooks to send.
const WEBHOOKS_EVERY: Duration = Duration::from_millis(250);
/// How often what is old is forgotten.
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
    /// Knows the keys that access tokens are signed with.
    pub verifier: Arc<gql::TokenVerifier>,
    /// Who moves the money.
    pub providers: Providers,
}

impl Resources {
    fn app(&self) -> app::App {
        app::App::new(self.pool.clone(), self.clock.clone(), self.providers.clone()).outbox(self.outbox)
    }
}

/// The service's part of the database.
pub fn schema() -> chassis::Schema {
    chassis::Schema::new(NAME, &sqlx::migrate!())
        .with(messaging::migrations(NAME))
        .with(resilience::idempotency::migrations(NAME))
        .planned_once()
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
        .merge(webhooks::router(resources.app()))
        .merge(chassis::Health::new(NAME, resources.pool.clone()).router());
    let (worker, forgetful) = (resources.app(), resources.app());
    let mut tasks = vec![
        Task::listening("payments-worker", move |stop, notifications| worker.work(stop, notifications)),
        Task::every("payments-forget", FORGET_EVERY, move || {
            let app = forgetful.clone();
            async move { app.forget_old().await }
        }),
    ];
    if resources.providers.line("sandbox").is_some() {
        let app = resources.app();
        tasks.push(Task::every("payments-sandbox-webhooks", WEBHOOKS_EVERY, move || {
            let app = app.clone();
            async move { app.deliver_webhooks().await.map(|_| ()) }
        }));
    }
    Service { router, tasks }
}

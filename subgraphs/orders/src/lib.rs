//! The orders subgraph: carts, checkout, orders and their saga.

pub mod app;
mod consumers;
pub mod domain;
mod graphql;
mod store;

use std::sync::Arc;
use std::time::Duration;

use chassis::{Service, Task};
use kernel::Clock;
use messaging::{Consumer, Outbox};
use sqlx::PgPool;

pub use graphql::ApiSchema;

/// Name of the service, of its schema and of its role.
pub const NAME: &str = "orders";
/// Port when the process runs by itself.
pub const PORT: u16 = 4005;

/// How often orders that took too long are looked for.
const EVERY: Duration = Duration::from_secs(1);
/// How often it is told how long orders wait.
const TELL_EVERY: Duration = Duration::from_secs(5);
/// How often what is old is deleted.
const FORGET_EVERY: Duration = Duration::from_secs(3_600);

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
        .planned_once()
}

/// The subgraph's schema as it is composed into the graph.
pub fn sdl() -> String {
    graphql::sdl()
}

/// The executable schema, as the router serves it.
pub fn api(resources: &Resources) -> ApiSchema {
    api_with(app(resources))
}

/// The executable schema over these use cases.
pub fn api_with(app: app::App) -> ApiSchema {
    graphql::api(app)
}

/// The use cases.
pub fn app(resources: &Resources) -> app::App {
    app::App::new(resources.pool.clone(), resources.clock.clone()).outbox(resources.outbox)
}

/// The kinds of event that the service listens to: its queue is made of them, before anything else of it is there.
pub fn kinds() -> Vec<&'static str> {
    consumers::handlers().kinds()
}

/// What the service does with the events of others.
pub fn consumer(resources: &Resources) -> Consumer {
    consumers::consumer(resources)
}

/// The service as a process runs it.
pub fn service(resources: &Resources) -> Service {
    let app = app(resources);
    let router = gql::router(api_with(app.clone()), resources.verifier.clone(), gql::Limits::default())
        .merge(chassis::Health::new(NAME, resources.pool.clone()).router());
    let (follower, overdue, waiting, old) = (app.clone(), app.clone(), app.clone(), app);
    let follow = Task::listening("orders that change", async move |stop, notifications| {
        stop.run_until_cancelled(follower.follow_changes(&notifications)).await;
    });
    let give_up = Task::every("orders that took too long", EVERY, move || {
        let app = overdue.clone();
        async move { app.give_up_overdue().await.map(|_| ()) }
    });
    let tell = Task::every("orders that wait", TELL_EVERY, move || {
        let app = waiting.clone();
        async move { app.tell_oldest().await }
    });
    let forget = Task::every("orders: forget what is old", FORGET_EVERY, move || {
        let app = old.clone();
        async move { app.forget_old().await }
    });
    Service { router, tasks: vec![follow, give_up, tell, forget] }
}

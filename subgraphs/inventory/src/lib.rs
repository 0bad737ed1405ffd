//! The inventory subgraph: warehouses, stock, reservations.

pub mod app;
mod consumers;
pub mod domain;
mod graphql;
mod store;

use std::sync::Arc;
use std::time::Duration;

use chassis::{Service, Task};
use kernel::{Clock, Scope};
use messaging::{Consumer, Outbox};
use resilience::counters::Counters;
use sqlx::PgPool;

pub use graphql::ApiSchema;

/// Name of the service, of its schema and of its role.
pub const NAME: &str = "inventory";
/// Port when the process runs by itself.
pub const PORT: u16 = 4004;

/// How long a counter of stock may live: a change that it was never told of is seen after this time at the latest.
pub const COUNTED_FOR: Duration = Duration::from_secs(30);

/// The pause between two turns of forgetting.
const FORGET_PAUSE: Duration = Duration::from_secs(3_600);

/// How much of what shoppers were answered is kept, in bytes.
const KEPT_BYTES: u64 = 4 << 20;
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
    /// Counts of what can be sold, for showing; with the lifetime [`COUNTED_FOR`].
    pub counters: Arc<dyn Counters>,
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

/// The use cases.
pub fn app(resources: &Resources) -> app::App {
    app::App::new(resources.pool.clone(), resources.clock.clone(), resources.counters.clone()).outbox(resources.outbox)
}

/// The executable schema, as the router serves it. Its subscriptions and its counters hear nothing unless the use cases of the same
/// [`service`] follow the database; see [`api_of`].
pub fn api(resources: &Resources) -> ApiSchema {
    api_of(app(resources))
}

/// The executable schema over these use cases.
pub fn api_of(app: app::App) -> ApiSchema {
    graphql::api(app)
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
    let answers = gql::Answers::new(KEPT_BYTES, KEPT_FOR, |actor| !actor.may(Scope::StockRead));
    let (verifier, limits) = (resources.verifier.clone(), gql::Limits::default());
    let router = gql::router_keeping(api_of(app.clone()), verifier, limits, answers.clone())
        .merge(chassis::Health::new(NAME, resources.pool.clone()).router());
    let (follower, expirer) = (app.clone(), app.clone());
    let follow = Task::listening("inventory: follow levels", async move |stop, notifications| {
        stop.run_until_cancelled(follower.follow_levels(&notifications, || answers.outdated())).await;
    });
    let expire = Task::new("inventory: end reservations", async move |stop| expirer.expire_on_time(stop).await);
    let forget = Task::every("inventory: forget old idempotency keys", FORGET_PAUSE, move || {
        let app = app.clone();
        async move { app.forget_keys().await }
    });
    Service { router, tasks: vec![follow, expire, forget] }
}

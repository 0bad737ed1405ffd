//! Subgraphs that run in this process: each with its own connections, all on one bus.

mod part;

use std::time::Duration;

use axum::Extension;
use chassis::{Notifications, StartError, Task, bind, serve};
use futures::future::try_join_all;
use messaging::{Bus, Relay};
use metrics_exporter_prometheus::PrometheusHandle;
use sqlx::PgPool;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::data::Data;
use crate::queues::{all_made, kinds};
use crate::shared::Shared;
use crate::{metrics, requests};
pub(crate) use part::auth_resources;
use part::{open, part};

/// Every subgraph, and its port when the gateway's is 4000.
pub(crate) const NAMES: [(&str, u16); 8] = [
    (auth::NAME, auth::PORT),
    (users::NAME, users::PORT),
    (products::NAME, products::PORT),
    (inventory::NAME, inventory::PORT),
    (orders::NAME, orders::PORT),
    (payments::NAME, payments::PORT),
    (notifications::NAME, notifications::PORT),
    (search::NAME, search::PORT),
];

/// The subgraphs' ports, taken before anything is started.
pub(crate) struct Listeners(Vec<(&'static str, TcpListener)>);

impl Listeners {
    /// Takes the port of every subgraph: the gateway's own and one to eight.
    pub(crate) async fn bind_all(host: &str, base_port: u16) -> Result<Self, StartError> {
        let mut all = Vec::new();
        for (name, port) in NAMES {
            all.push((name, bind(name, host, base_port + (port - 4000)).await?));
        }
        Ok(Self(all))
    }

    /// Takes the port of one subgraph.
    pub(crate) async fn bind_one(name: &'static str, host: &str, port: u16) -> Result<Self, StartError> {
        Ok(Self(vec![(name, bind(name, host, port).await?)]))
    }
}

/// Subgraphs that run.
pub(crate) struct Services {
    pools: Vec<(&'static str, PgPool)>,
    serving: CancellationToken,
    working: CancellationToken,
    servers: Vec<JoinHandle<()>>,
    workers: Vec<JoinHandle<()>>,
}

fn broken(what: &str, fault: &dyn std::fmt::Display) -> StartError {
    StartError::new(format!("{what}: {fault}"), "check the servers that it names, then start again")
}

impl Services {
    /// Opens the part of the database of every service that has a port, connects their consumers, and starts everything that
    /// runs. The notice is for how long a service that is to stop still takes requests, see [`serve`].
    pub(crate) async fn start(
        data: &Data,
        shared: &Shared,
        handle: &PrometheusHandle,
        listeners: Listeners,
        notice: Duration,
    ) -> Result<Self, StartError> {
        data.prepare_bus().await?;
        // One after the other would cost a second at every start.
        let opened = listeners.0.iter().map(|(name, _)| open(data, name));
        let pools: Vec<(&'static str, PgPool)> = try_join_all(opened).await?;
        data.connect_to_bus(pools.iter().map(|(name, _)| *name)).await?;

        // With every consumer in this process and its queue in this database, events need no relay.
        let whole = shared.embedded_bus().is_some() && pools.len() == NAMES.len();
        if whole {
            for (name, pool) in &pools {
                make_queue(&*shared.bus, name, pool).await?;
            }
            for (name, pool) in &pools {
                // What an earlier run left, which may have had a broker, comes before what follows.
                let relay = Relay::new(name, pool.clone(), shared.bus.clone());
                while relay.pass().await.map_err(|error| broken("cannot empty an outbox", &error))? > 0 {}
            }
        }

        let Some((_, any)) = pools.first() else { return Err(StartError::new("no service is to start", "name one")) };
        // All are schemas of one database.
        let notifications = Notifications::over(any.clone());
        let (serving, working) = (CancellationToken::new(), CancellationToken::new());
        let (mut servers, mut workers, mut relays) = (Vec::new(), Vec::new(), Vec::new());
        workers.push(metrics::upkeep(handle.clone()).spawn(working.clone(), &notifications));
        if let Some(bus) = shared.embedded_bus() {
            let (stop, notifications) = (working.clone(), notifications.clone());
            workers.push(tokio::spawn(async move {
                stop.run_until_cancelled(bus.follow(&notifications)).await;
            }));
        }
        for ((_, listener), (name, pool)) in listeners.0.into_iter().zip(&pools) {
            let part = part(name, pool.clone(), shared, whole).await?;
            let router = part.service.router.layer(Extension(shared.parts_of(name)));
            let router = metrics::measured(router, part.name, handle.clone());
            let router = requests::told(router, part.name, shared.clock.clone());
            let (stop, name) = (serving.clone(), part.name);
            servers.push(tokio::spawn(async move {
                if let Err(error) = serve(listener, router, stop, notice).await {
                    tracing::error!(service = name, %error, "ended badly");
                }
            }));
            let watch: Task = metrics::watch(name, part.pool.clone(), shared.clock.clone(), part.consumer.is_some());
            workers.extend(
                part.service.tasks.into_iter().chain([watch]).map(|task| task.spawn(working.clone(), &notifications)),
            );
            if let Some(consumer) = part.consumer {
                let attached = consumer.attach(&*shared.bus).await;
                let worker = attached.map_err(|error| broken("cannot attach a consumer", &error))?;
                workers.push(tokio::spawn(worker.run(working.clone())));
            }
            relays.push(Relay::new(name, part.pool, shared.bus.clone()));
        }
        // Only now: what is published before a consumer is attached for the first time does not reach it.
        for ((_, pool), relay) in pools.iter().zip(relays) {
            let (pool, stop, notifications) = (pool.clone(), working.clone(), notifications.clone());
            workers.push(tokio::spawn(async move {
                if stop.run_until_cancelled(all_made(pool)).await.is_some() {
                    relay.run(stop, notifications).await;
                }
            }));
        }
        Ok(Self { pools, serving, working, servers, workers })
    }

    /// The connections of a service that runs here.
    pub(crate) fn pool(&self, name: &str) -> Result<PgPool, StartError> {
        let found = self.pools.iter().find(|(of, _)| *of == name).map(|(_, pool)| pool.clone());
        found.ok_or_else(|| StartError::new(format!("{name} does not run here"), "report this"))
    }

    /// Finishes the requests under way, then the messages at hand, then the connections.
    pub(crate) async fn stop(self, shared: &Shared) {
        self.serving.cancel();
        ended(self.servers).await;
        self.working.cancel();
        ended(self.workers).await;
        shared.close().await;
        for (_, pool) in self.pools {
            pool.close().await;
        }
    }
}

/// Migrates every schema and makes every queue, so that services can start in any order.
pub(crate) async fn prepare(data: &Data, bus: &dyn Bus) -> Result<(), StartError> {
    data.prepare_bus().await?;
    let pools = try_join_all(NAMES.iter().map(|(name, _)| open(data, name))).await?;
    data.connect_to_bus(NAMES.map(|(name, _)| name)).await?;
    for (name, pool) in pools {
        make_queue(bus, name, &pool).await?;
        pool.close().await;
    }
    Ok(())
}

/// Makes the queue of the service, if it listens to anything.
async fn make_queue(bus: &dyn Bus, name: &'static str, pool: &PgPool) -> Result<(), StartError> {
    let kinds = kinds(name);
    if kinds.is_empty() {
        return Ok(());
    }
    bus.subscribe(pool, name, &kinds).await.map_err(|error| broken("cannot make a queue", &error))
}

async fn ended(tasks: Vec<JoinHandle<()>>) {
    for task in tasks {
        if let Err(error) = task.await {
            tracing::error!(%error, "a task ended badly");
        }
    }
}

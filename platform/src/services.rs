//! The subgraphs of this process: each with its own connections, all on one bus.

use std::sync::Arc;

use chassis::{Service, StartError, bind, serve};
use gql::TokenVerifier;
use kernel::{Clock, SystemClock};
use messaging::{Consumer, EmbeddedBus, Relay};
use sqlx::PgPool;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::Settings;
use crate::data::Data;

/// The subgraphs' ports, taken before anything is started.
pub(crate) struct Listeners(Vec<(&'static str, TcpListener)>);

impl Listeners {
    /// Takes the port of every subgraph: the gateway's own and one to eight.
    pub(crate) async fn bind(host: &str, base_port: u16) -> Result<Self, StartError> {
        let mut all = Vec::new();
        for (name, port) in NAMES {
            all.push((name, bind(name, host, base_port + (port - 4000)).await?));
        }
        Ok(Self(all))
    }

    fn take(&mut self, name: &'static str) -> Result<TcpListener, StartError> {
        let found = self.0.iter().position(|(of, _)| *of == name).map(|place| self.0.swap_remove(place).1);
        found.ok_or_else(|| StartError::new(format!("{name} has no port"), "report this"))
    }
}

/// A subgraph that is ready to run.
struct Part {
    name: &'static str,
    pool: PgPool,
    service: Service,
    consumer: Option<Consumer>,
}

/// Subgraphs that run.
pub(crate) struct Services {
    pub(crate) auth: auth::app::App,
    pub(crate) products: products::app::App,
    serving: CancellationToken,
    working: CancellationToken,
    servers: Vec<JoinHandle<()>>,
    workers: Vec<JoinHandle<()>>,
    pools: Vec<PgPool>,
}

/// Memory for answers of searches, in bytes.
const SEARCH_CACHE: u64 = 16 << 20;

const NAMES: [(&str, u16); 8] = [
    (auth::NAME, auth::PORT),
    (users::NAME, users::PORT),
    (products::NAME, products::PORT),
    (inventory::NAME, inventory::PORT),
    (orders::NAME, orders::PORT),
    (payments::NAME, payments::PORT),
    (notifications::NAME, notifications::PORT),
    (search::NAME, search::PORT),
];

fn broken(what: &str, fault: &dyn std::fmt::Display) -> StartError {
    StartError::new(format!("{what}: {fault}"), "check the database, then start again")
}

impl Services {
    /// Opens every service's part of the database, connects their consumers, and starts everything that runs.
    pub(crate) async fn start(data: &Data, settings: &Settings, mut listeners: Listeners) -> Result<Self, StartError> {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let verifier = Arc::new(TokenVerifier::untrusting());
        data.prepare_bus().await?;
        // One after the other would cost a second at every start.
        let (auth, users, products, inventory, orders, payments, notifications, search) = tokio::try_join!(
            data.open(auth::schema()),
            data.open(users::schema()),
            data.open(products::schema()),
            data.open(inventory::schema()),
            data.open(orders::schema()),
            data.open(payments::schema()),
            data.open(notifications::schema()),
            data.open(search::schema()),
        )?;
        data.connect_to_bus(NAMES.map(|(name, _)| name)).await?;

        macro_rules! part {
            ($service:ident { $($extra:ident: $value:expr),* }) => {{
                let (pool, clock, verifier) = ($service.clone(), clock.clone(), verifier.clone());
                let resources = $service::Resources { pool, clock, verifier, $($extra: $value),* };
                let consumer = Some($service::consumer(&resources));
                Part { name: $service::NAME, pool: $service, service: $service::service(&resources), consumer }
            }};
        }
        let throttle = Arc::new(resilience::throttle::InProcess::default());
        let (pool, c, v) = (auth.clone(), clock.clone(), verifier.clone());
        let auth_resources = auth::Resources { pool, clock: c, verifier: v, throttle };
        auth::prepare(&auth_resources).await.map_err(|fault| broken("cannot prepare the signing keys", &fault))?;
        let auth_app = auth::app(&auth_resources);
        let auth = Part {
            name: auth::NAME,
            pool: auth,
            service: auth::service(&auth_resources),
            consumer: Some(auth::consumer(&auth_resources)),
        };
        let catalogue = {
            let (pool, clock, verifier) = (products.clone(), clock.clone(), verifier.clone());
            products::Resources { pool, clock, verifier }
        };
        let products_app = products::app::App::new(products.clone(), clock.clone());
        let products =
            Part { name: products::NAME, pool: products, service: products::service(&catalogue), consumer: None };
        let cache = Arc::new(resilience::cache::InProcess::new(SEARCH_CACHE));
        let parts = [
            auth,
            part!(users {}),
            products,
            part!(inventory {}),
            part!(orders {}),
            part!(payments { providers: payments::Providers::from_env(&payments, &clock)? }),
            part!(notifications { channel: notifications::adapters::from_env()? }),
            part!(search { index: search::Index::Embedded(settings.data_dir.join("search")), cache: cache }),
        ];

        let bus = Arc::new(EmbeddedBus::new(clock.clone()));
        let (serving, working) = (CancellationToken::new(), CancellationToken::new());
        let (mut servers, mut workers, mut pools, mut relays) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for part in parts {
            let listener = listeners.take(part.name)?;
            let (stop, router, name) = (serving.clone(), part.service.router, part.name);
            servers.push(tokio::spawn(async move {
                if let Err(error) = serve(listener, router, stop).await {
                    tracing::error!(service = name, %error, "ended badly");
                }
            }));
            workers.extend(part.service.tasks.into_iter().map(|task| task.spawn(working.clone())));
            if let Some(consumer) = part.consumer {
                let worker = consumer.attach(&*bus).await.map_err(|error| broken("cannot attach a consumer", &error))?;
                workers.push(tokio::spawn(worker.run(working.clone())));
            }
            relays.push(Relay::new(part.name, part.pool.clone(), bus.clone()));
            pools.push(part.pool);
        }
        // Only now: what is published before a consumer is attached for the first time does not reach it.
        workers.extend(relays.into_iter().map(|relay| tokio::spawn(relay.run(working.clone()))));
        Ok(Self { auth: auth_app, products: products_app, serving, working, servers, workers, pools })
    }

    /// Finishes the requests under way, then the messages at hand, then the connections.
    pub(crate) async fn stop(self) {
        self.serving.cancel();
        ended(self.servers).await;
        self.working.cancel();
        ended(self.workers).await;
        for pool in self.pools {
            pool.close().await;
        }
    }
}

async fn ended(tasks: Vec<JoinHandle<()>>) {
    for task in tasks {
        if let Err(error) = task.await {
            tracing::error!(%error, "a task ended badly");
        }
    }
}

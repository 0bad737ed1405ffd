//! The database: the one of `DATABASE_URL`, or a private one in the data folder.

use chassis::postgres::{self, Cluster};
use chassis::{Database, Schema, StartError};
use messaging::embedded;
use sqlx::PgPool;

use crate::{Settings, banner};

const DATABASE: &str = "techcorp";
/// Per service: eight of them, and what listens, stay below the private cluster's 200.
const CONNECTIONS: u32 = 16;

/// A database that is up, and the cluster to stop in the end if it is ours.
pub(crate) struct Data {
    database: Database,
    cluster: Option<Cluster>,
}

impl Data {
    pub(crate) async fn start(settings: &Settings) -> Result<Self, StartError> {
        if let Some(url) = settings.database_url.clone().filter(|url| !url.is_empty()) {
            return Ok(Self { database: Database::new(url), cluster: None });
        }
        banner::step(&format!("PostgreSQL in {}", settings.data_dir.display()));
        let data_dir = settings.data_dir.join("postgres");
        let cluster = Cluster::start(postgres::Options { data_dir, durable: true, max_connections: 200 }).await?;
        cluster.create_database(DATABASE).await?;
        Ok(Self { database: Database::new(cluster.url(DATABASE)), cluster: Some(cluster) })
    }

    /// Opens a service's part of the database.
    pub(crate) async fn open(&self, schema: Schema) -> Result<PgPool, StartError> {
        self.database.open(&schema, CONNECTIONS).await
    }

    /// A few connections that act as the owner of everything.
    pub(crate) async fn owner(&self) -> Result<PgPool, StartError> {
        self.database.owner_pool().await
    }

    /// Makes the queues of the bus, which all services share.
    pub(crate) async fn prepare_bus(&self) -> Result<(), StartError> {
        self.database.migrate(&Schema::empty(embedded::SCHEMA).with(embedded::migrations())).await
    }

    /// Lets each service publish, and read its own queue. Auth may look after the dead letters of all.
    pub(crate) async fn connect_to_bus(&self, services: impl IntoIterator<Item = &str>) -> Result<(), StartError> {
        let grants = services.into_iter().map(|name| {
            let role = format!("techcorp_{name}");
            let own = embedded::grants(&role, name);
            if name == auth::NAME { own + &embedded::administrator_grants(&role) } else { own }
        });
        self.database.administer(grants.collect()).await
    }

    /// Whether the database is the private one, which only this machine's owner reaches.
    pub(crate) fn is_private(&self) -> bool {
        self.cluster.is_some()
    }

    /// Stops the private cluster unless a platform was using it before.
    pub(crate) async fn stop(self) -> Result<(), StartError> {
        match self.cluster {
            Some(cluster) if !cluster.joined() => cluster.stop().await,
            _ => Ok(()),
        }
    }

    /// Stops the private cluster, also one that a platform left behind when it was killed.
    pub(crate) async fn stop_as_owner(self) -> Result<(), StartError> {
        match self.cluster {
            Some(cluster) => cluster.stop().await,
            None => Ok(()),
        }
    }
}

//! The database: the one of `DATABASE_URL`, or a private one in the data folder.

use std::sync::Arc;

use chassis::postgres::{self, Cluster};
use chassis::{Database, StartError};
use gql::TokenVerifier;
use jsonwebtoken::jwk::JwkSet;
use kernel::SystemClock;

use crate::{Settings, banner};

const DATABASE: &str = "techcorp";
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

    /// What the products subgraph works with.
    pub(crate) async fn products(&self) -> Result<products::Resources, StartError> {
        let pool = self.database.open(&products::schema(), CONNECTIONS).await?;
        // No issuer of tokens is part of the platform yet: an empty key set refuses every token.
        let verifier = TokenVerifier::new("techcorp", "techcorp", JwkSet { keys: Vec::new() });
        Ok(products::Resources { pool, clock: Arc::new(SystemClock), verifier: Arc::new(verifier) })
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

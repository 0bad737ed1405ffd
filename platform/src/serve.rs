//! `techcorp serve NAME`: one subgraph as a process of its own, with what the environment names.

use std::time::Duration;

use chassis::StartError;
use clap::builder::PossibleValuesParser;

use crate::data::Data;
use crate::services::{self, Listeners, NAMES, Services};
use crate::shared::{self, Events, Shared};
use crate::signals::stop_on_signal;
use crate::{Settings, banner, jwks, metrics};

/// How long a service that is to stop still takes requests. The gateway forgets unused connections sooner
/// (`pool_idle_timeout` in router-config/hive-router.yaml).
const NOTICE: Duration = Duration::from_secs(2);

/// Which subgraph, and where.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The subgraph.
    #[arg(value_parser = PossibleValuesParser::new(NAMES.map(|(name, _)| name)))]
    name: String,
    /// Address to listen on.
    #[arg(long, env = "HOST", default_value = "127.0.0.1")]
    host: String,
    /// Port to listen on; by default the subgraph's own, 4001 to 4008.
    #[arg(long, env = "PORT")]
    port: Option<u16>,
    /// Where auth tells the keys that tokens are signed with.
    #[arg(long, env = "JWKS_URL", default_value = "http://127.0.0.1:4001/.well-known/jwks.json")]
    jwks_url: String,
}

pub(crate) async fn run(settings: &Settings, options: &Options) -> Result<(), StartError> {
    let stop = stop_on_signal()?;
    let known = NAMES.into_iter().find(|(name, _)| *name == options.name);
    let Some((name, port)) = known else {
        return Err(StartError::new(format!("there is no service {}", options.name), "see `techcorp serve --help`"));
    };
    if !settings.names_database() {
        return Err(StartError::new(
            "DATABASE_URL is not set: a service by itself shares its database with the others",
            "set DATABASE_URL, or run everything in one process with `techcorp up`",
        ));
    }
    let port = options.port.unwrap_or(port);
    let listeners = Listeners::bind_one(name, &options.host, port).await?;
    let handle = metrics::install()?;
    banner::step(&shared::parts(settings));
    let shared = Shared::connect(settings).await?;
    let data = Data::start(settings).await?;
    let services = Services::start(&data, &shared, &handle, listeners, NOTICE).await?;
    banner::step(&format!("{name} is ready on http://{}:{port}", options.host));
    if name == auth::NAME {
        stop.cancelled().await;
    } else {
        jwks::follow(options.jwks_url.clone(), shared.verifier.clone(), stop.clone()).await;
    }
    banner::step(&format!("{name} stops"));
    services.stop(&shared).await;
    Ok(())
}

/// Migrates every schema and makes every queue: once before the services of a new version start. It needs the database and the
/// broker, and no secret of any service.
pub(crate) async fn prepare(settings: &Settings) -> Result<(), StartError> {
    let events = Events::connect_alone(settings).await?;
    let data = Data::start(settings).await?;
    let done = services::prepare(&data, &*events.bus).await;
    events.close().await;
    data.stop().await?;
    done?;
    banner::step("Every schema is up to date and every queue is made");
    Ok(())
}

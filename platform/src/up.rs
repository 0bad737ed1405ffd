//! `techcorp up`: the whole platform on this machine.

use std::path::{Path, PathBuf};
use std::time::Instant;

use chassis::{StartError, bind};
use kernel::{Currency, Fault};
use products::app::{App, Filter};
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use crate::data::Data;
use crate::gateway::Gateway;
use crate::services::{Listeners, Services};
use crate::{Settings, accounts, banner, import};

/// How to run the platform.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Address to listen on.
    #[arg(long, env = "HOST", default_value = "127.0.0.1")]
    host: String,
    /// The gateway's port; each subgraph has its own above it (products: +3).
    #[arg(long, env = "BASE_PORT", default_value_t = 4000, value_parser = clap::value_parser!(u16).range(1..=65_435))]
    base_port: u16,
    /// Catalogue to load into the private database while it has no products. With DATABASE_URL none is loaded.
    #[arg(long, default_value = "platform/demo/catalogue.csv")]
    demo_catalogue: PathBuf,
}

pub(crate) async fn run(settings: &Settings, options: &Options) -> Result<(), StartError> {
    let started = Instant::now();
    let stop = stop_on_signal()?;
    // A taken port is found before anything else is started.
    drop(bind("the gateway", &options.host, options.base_port).await?);
    let listeners = Listeners::bind(&options.host, options.base_port).await?;
    write_pid(&settings.data_dir)?;
    let data = Data::start(settings).await?;
    // Whatever happens from here on, the database is stopped.
    let outcome = serve_all(&data, settings, options, listeners, &stop, started).await;
    data.stop_as_owner().await?;
    outcome
}

/// A token that Ctrl-C and SIGTERM cancel, from the first moment on.
fn stop_on_signal() -> Result<CancellationToken, StartError> {
    let refused = |error: std::io::Error| StartError::new(format!("cannot listen for signals: {error}"), "report this");
    let mut interrupt = signal(SignalKind::interrupt()).map_err(refused)?;
    let mut terminate = signal(SignalKind::terminate()).map_err(refused)?;
    let stop = CancellationToken::new();
    let cancelled = stop.clone();
    tokio::spawn(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        cancelled.cancel();
    });
    Ok(stop)
}

async fn serve_all(
    data: &Data,
    settings: &Settings,
    options: &Options,
    listeners: Listeners,
    stop: &CancellationToken,
    started: Instant,
) -> Result<(), StartError> {
    banner::step("Services");
    let services = Services::start(data, settings, listeners).await?;
    // Until the banner a signal abandons what is being started; the gateway's process ends with its handle.
    let ready = stop.run_until_cancelled(start_all(&services, data.is_private(), settings, options, started)).await;
    let outcome = match ready {
        None => Ok(()),
        Some(Err(error)) => Err(error),
        Some(Ok(mut gateway)) => {
            let outcome = tokio::select! {
                () = stop.cancelled() => Ok(()),
                ended = gateway.ended() => Err(ended),
            };
            banner::step("Stopping");
            gateway.stop().await;
            outcome
        }
    };
    // After the gateway, so that requests under way find them.
    services.stop().await;
    outcome
}

/// Loads what is missing, starts the gateway and says so.
async fn start_all(
    services: &Services,
    demo: bool,
    settings: &Settings,
    options: &Options,
    started: Instant,
) -> Result<Gateway, StartError> {
    // Accounts whose password everybody knows, and goods that nobody has, belong to a machine of one's own.
    if demo {
        accounts::ensure(&services.auth).await?;
        load_demo(&services.products, &options.demo_catalogue).await?;
    }
    let products = count(&services.products).await?;
    banner::step("Gateway");
    let here = |file| readdressed(file, &settings.data_dir, &options.host, options.base_port);
    let (config, supergraph) = (here("router-config/hive-router.yaml")?, here("schema/supergraph.graphql")?);
    let gateway = Gateway::start(&config, &supergraph, &options.host, options.base_port).await?;
    let address = format!("http://{}:{}", options.host, options.base_port);
    banner::ready(&address, products, demo, started.elapsed().as_secs_f32());
    Ok(gateway)
}

fn away(fault: Fault) -> StartError {
    StartError::new(format!("cannot read the catalogue: {fault}"), "check the database")
}

/// Loads the demo catalogue while there are no products.
async fn load_demo(app: &App, file: &Path) -> Result<(), StartError> {
    let none_yet = app.categories().await.map_err(away)?.is_empty();
    if none_yet && file.exists() {
        banner::step(&format!("Demo catalogue from {}", file.display()));
        let report = import::file(app, file, Currency::EUR).await?;
        banner::step(&report.summary());
    }
    Ok(())
}

/// How many products are for sale.
async fn count(app: &App) -> Result<i64, StartError> {
    let all =
        Filter { category: None, vendor: None, tag: None, price_min: None, price_max: None, currency: Currency::EUR };
    app.count(&all).await.map_err(away)
}

/// A committed file with the addresses of this run, in the data folder.
fn readdressed(file: &str, data_dir: &Path, host: &str, base_port: u16) -> Result<PathBuf, StartError> {
    let committed = Path::new(file);
    let failed = |path: &Path, error: std::io::Error| {
        StartError::new(format!("cannot use {}: {error}", path.display()), "run from the folder of the repository")
    };
    let text = std::fs::read_to_string(committed).map_err(|error| failed(committed, error))?;
    let text = moved(&text, host, base_port);
    let path = data_dir.join(committed.file_name().unwrap_or_default());
    std::fs::write(&path, text).map_err(|error| failed(&path, error))?;
    path.canonicalize().map_err(|error| failed(&path, error))
}

/// The text with the addresses that subgraphs have in development, `127.0.0.1:4001/` and the like, moved to this host and above
/// this port. Each is moved once, also where the old and the new ports overlap.
fn moved(text: &str, host: &str, base_port: u16) -> String {
    let mut parts = text.split("127.0.0.1:40");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let offset =
            part.get(..3).and_then(|start| start.strip_suffix('/')).and_then(|digits| digits.parse::<u16>().ok());
        match offset {
            Some(offset) => out.push_str(&format!("{host}:{}{}", base_port + offset, &part[2..])),
            None => out.push_str(&format!("127.0.0.1:40{part}")),
        }
    }
    out
}

/// Lets `make reset` know who uses the data folder.
fn write_pid(data_dir: &Path) -> Result<(), StartError> {
    let written = std::fs::create_dir_all(data_dir)
        .and_then(|()| std::fs::write(data_dir.join("platform.pid"), std::process::id().to_string()));
    written.map_err(|error| {
        StartError::new(
            format!("cannot write to the data folder {}: {error}", data_dir.display()),
            "free disk space or make the folder writable, or set DATA_DIR",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_moves_once_also_where_the_ports_overlap() {
        let text = "a http://127.0.0.1:4001/graphql b http://127.0.0.1:4008/x c 127.0.0.1:4000 d 127.0.0.1:40";
        let expected = "a http://127.0.0.1:4002/graphql b http://127.0.0.1:4009/x c 127.0.0.1:4000 d 127.0.0.1:40";
        assert_eq!(moved(text, "127.0.0.1", 4001), expected);
        assert_eq!(moved("http://127.0.0.1:4005/y", "0.0.0.0", 21_000), "http://0.0.0.0:21005/y");
    }
}

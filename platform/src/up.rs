//! `techcorp up`: the whole platform on this machine.

use std::path::{Path, PathBuf};
use std::time::Instant;

use chassis::{StartError, bind, serve};
use kernel::Currency;
use products::app::{App, Filter};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use crate::data::Data;
use crate::gateway::Gateway;
use crate::{Settings, banner, import};

/// How to run the platform.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Address to listen on.
    #[arg(long, env = "HOST", default_value = "127.0.0.1")]
    host: String,
    /// The gateway's port; each subgraph has its own above it (products: +3).
    #[arg(long, env = "BASE_PORT", default_value_t = 4000)]
    base_port: u16,
    /// Catalogue to load while there are no products.
    #[arg(long, default_value = "platform/demo/catalogue.csv")]
    demo_catalogue: PathBuf,
}

pub(crate) async fn run(settings: &Settings, options: &Options) -> Result<(), StartError> {
    let started = Instant::now();
    // A taken port is found before anything else is started.
    let products_port = options.base_port + (products::PORT - 4000);
    drop(bind("the gateway", &options.host, options.base_port).await?);
    let listener = bind(products::NAME, &options.host, products_port).await?;
    write_pid(&settings.data_dir)?;
    let data = Data::start(settings).await?;
    let outcome = serve_all(&data, settings, options, listener, started).await;
    data.stop_as_owner().await?;
    outcome
}

async fn serve_all(
    data: &Data,
    settings: &Settings,
    options: &Options,
    listener: TcpListener,
    started: Instant,
) -> Result<(), StartError> {
    let resources = data.products().await?;
    let app = App::new(resources.pool.clone(), resources.clock.clone());
    let products = load_demo(&app, &options.demo_catalogue).await?;

    let stop = CancellationToken::new();
    let service = tokio::spawn(serve(listener, products::router(&resources), stop.clone()));
    banner::step("Gateway");
    let supergraph = supergraph(&settings.data_dir, &options.host, options.base_port)?;
    let started_gateway = Gateway::start(&supergraph, &options.host, options.base_port).await;
    let outcome = match started_gateway {
        Err(error) => Err(error),
        Ok(mut gateway) => {
            banner::ready(
                &format!("http://{}:{}", options.host, options.base_port),
                products,
                started.elapsed().as_secs_f32(),
            );
            let outcome = until_stopped(&mut gateway).await;
            banner::step("Stopping");
            gateway.stop().await;
            outcome
        }
    };
    stop.cancel();
    if let Ok(Err(error)) = service.await {
        tracing::error!(%error, "products ended badly");
    }
    resources.pool.close().await;
    outcome
}

/// Waits for Ctrl-C, SIGTERM, or the end of the gateway, which is an error.
async fn until_stopped(gateway: &mut Gateway) -> Result<(), StartError> {
    let no_signals =
        |error: std::io::Error| StartError::new(format!("cannot listen for signals: {error}"), "report this");
    let mut interrupt = signal(SignalKind::interrupt()).map_err(no_signals)?;
    let mut terminate = signal(SignalKind::terminate()).map_err(no_signals)?;
    tokio::select! {
        _ = interrupt.recv() => Ok(()),
        _ = terminate.recv() => Ok(()),
        status = gateway.ended() => Err(StartError::new(format!("the gateway ended by itself ({status})"), "read its lines above, then start again")),
    }
}

/// Loads the demo catalogue while there are no products; answers with how many are for sale.
async fn load_demo(app: &App, file: &Path) -> Result<i64, StartError> {
    let away = |fault| StartError::new(format!("cannot read the catalogue: {fault}"), "check the database");
    let none_yet = app.categories().await.map_err(away)?.is_empty();
    if none_yet && file.exists() {
        banner::step(&format!("Demo catalogue from {}", file.display()));
        let report = import::file(app, file, Currency::EUR).await?;
        banner::step(&report.summary());
    }
    let all =
        Filter { category: None, vendor: None, tag: None, price_min: None, price_max: None, currency: Currency::EUR };
    app.count(&all).await.map_err(away)
}

/// The committed supergraph with the addresses of this run.
fn supergraph(data_dir: &Path, host: &str, base_port: u16) -> Result<PathBuf, StartError> {
    let committed = Path::new("schema/supergraph.graphql");
    let failed = |path: &Path, error: std::io::Error| {
        StartError::new(format!("cannot use {}: {error}", path.display()), "run from the folder of the repository")
    };
    let mut text = std::fs::read_to_string(committed).map_err(|error| failed(committed, error))?;
    for offset in 1..=8 {
        text = text.replace(&format!("127.0.0.1:{}/", 4000 + offset), &format!("{host}:{}/", base_port + offset));
    }
    let path = data_dir.join("supergraph.graphql");
    std::fs::write(&path, text).map_err(|error| failed(&path, error))?;
    path.canonicalize().map_err(|error| failed(&path, error))
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

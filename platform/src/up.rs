//! `techcorp up`: the whole platform on this machine.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use chassis::{StartError, bind};
use kernel::{Currency, Fault};
use messaging::Outbox;
use products::app::{App, Filter};
use tokio_util::sync::CancellationToken;

use crate::data::Data;
use crate::gateway::Gateway;
use crate::readdress::{copy, moved};
use crate::services::{Listeners, Services, auth_resources};
use crate::shared::{self, Shared};
use crate::signals::stop_on_signal;
use crate::{Settings, accounts, banner, environment, import, metrics};

const DEMO_CATALOGUE: &str = "platform/demo/catalogue.csv";

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
    #[arg(long, default_value = DEMO_CATALOGUE)]
    demo_catalogue: PathBuf,
}

pub(crate) async fn run(settings: &Settings, options: &Options) -> Result<(), StartError> {
    let started = Instant::now();
    let stop = stop_on_signal()?;
    // A taken port is found before anything else is started.
    drop(bind("the gateway", &options.host, options.base_port).await?);
    let listeners = Listeners::bind_all(&options.host, options.base_port).await?;
    write_pid(&settings.data_dir)?;
    let data = Data::start(settings).await?;
    // Whatever happens from here on, the database is stopped.
    let outcome = serve_all(&data, settings, options, listeners, &stop, started).await;
    data.stop_as_owner().await?;
    outcome
}

async fn serve_all(
    data: &Data,
    settings: &Settings,
    options: &Options,
    listeners: Listeners,
    stop: &CancellationToken,
    started: Instant,
) -> Result<(), StartError> {
    banner::step(&shared::parts(settings));
    let shared = Shared::connect(settings).await?;
    banner::step("Services");
    // The gateway is stopped first, so nobody needs notice.
    let services = Services::start(data, &shared, &metrics::install()?, listeners, Duration::ZERO).await?;
    // Until the banner a signal abandons what is being started; the gateway's process ends with its handle.
    let ready =
        stop.run_until_cancelled(start_all(&services, &shared, data.is_private(), settings, options, started)).await;
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
    services.stop(&shared).await;
    outcome
}

/// Loads what is missing, starts the gateway and says so.
async fn start_all(
    services: &Services,
    shared: &Shared,
    demo: bool,
    settings: &Settings,
    options: &Options,
    started: Instant,
) -> Result<Gateway, StartError> {
    let products = App::new(services.pool(products::NAME)?, shared.clock.clone());
    // Accounts whose password everybody knows, and goods that nobody has, belong to a machine of one's own.
    if demo {
        accounts::ensure(&auth::app(&auth_resources(services.pool(auth::NAME)?, shared, Outbox::new(auth::NAME))))
            .await?;
        load_demo(&products, &options.demo_catalogue).await?;
    }
    let products = count(&products).await?;
    banner::step("Gateway");
    let address = |_: &str, port: u16| format!("{}:{}", options.host, options.base_port + (port - 4000));
    let here = |file: &str| copy(Path::new(file), &settings.data_dir, |text| moved(text, address));
    let (config, supergraph) = (here("router-config/hive-router.yaml")?, here("schema/supergraph.graphql")?);
    let gateway = Gateway::start(&config, &supergraph, &options.host, options.base_port).await?;
    let address = format!("http://{}:{}", options.host, options.base_port);
    banner::ready(&address, products, demo, started.elapsed().as_secs_f32());
    Ok(gateway)
}

/// Loads the demo catalogue and accounts into the database of `DATABASE_URL`, or the private one.
pub(crate) async fn import_demo(settings: &Settings) -> Result<(), StartError> {
    if environment::is_production() {
        return Err(StartError::new(
            "the demo accounts have a password that everybody knows, and APP_ENV is production",
            "make accounts with `techcorp account`",
        ));
    }
    let data = Data::start(settings).await?;
    let done = async {
        let shared = Shared::connect(settings).await?;
        let (accounts, catalogue) = (data.open(auth::schema()).await?, data.open(products::schema()).await?);
        accounts::ensure(&auth::app(&auth_resources(accounts.clone(), &shared, Outbox::new(auth::NAME)))).await?;
        load_demo(&App::new(catalogue.clone(), shared.clock.clone()), Path::new(DEMO_CATALOGUE)).await?;
        accounts.close().await;
        catalogue.close().await;
        shared.close().await;
        Ok(())
    };
    let done: Result<(), StartError> = done.await;
    data.stop().await?;
    done
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

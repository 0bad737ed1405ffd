//! The all-in-one binary: every subgraph in one process, the gateway beside it, embedded defaults.

mod account;
mod accounts;
mod balance;
mod banner;
mod bench;
mod data;
mod dead_letters;
mod demo;
mod drill;
mod environment;
mod gateway;
mod import;
mod jwks;
mod measure;
mod metrics;
mod operator;
mod queues;
mod readdress;
mod redis;
mod reindex;
mod requests;
mod serve;
mod services;
mod shared;
mod signals;
mod up;

use std::path::PathBuf;
use std::process::ExitCode;

use chassis::StartError;
use clap::{Parser, Subcommand};

/// Uses first what was freed last, which is still in the processor's cache, and gives back to the system what hashing, an import and the
/// first index took. `.cargo/config.toml` says how soon.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// A federated GraphQL commerce platform.
#[derive(Debug, Parser)]
#[command(name = "techcorp", version)]
struct Cli {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    command: Command,
}

/// Settings of every command.
#[derive(Debug, Clone, clap::Args)]
struct Settings {
    /// Database to use instead of the private one in the data folder.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, global = true)]
    database_url: Option<String>,
    /// Where everything lives that must survive a restart.
    #[arg(long, env = "DATA_DIR", default_value = ".data", global = true)]
    data_dir: PathBuf,
}

impl Settings {
    /// Whether there is a database to use instead of the private one.
    fn names_database(&self) -> bool {
        self.database_url.as_ref().is_some_and(|url| !url.is_empty())
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the whole platform on this machine until Ctrl-C.
    Up(up::Options),
    /// Migrate every schema and make every queue, before the services of a new version start.
    Prepare,
    /// Run one subgraph as a process of its own until SIGTERM.
    Serve(serve::Options),
    /// Write copies of the gateway's files that name the subgraphs by where they run.
    Readdress(readdress::Options),
    /// Look after messages that were given up.
    DeadLetters {
        #[command(subcommand)]
        verb: dead_letters::Verb,
    },
    /// Look after the search index.
    Search {
        #[command(subcommand)]
        verb: reindex::Verb,
    },
    /// Buy something as a shopper, step by step, through the gateway of a platform that runs.
    Demo(demo::Options),
    /// Measure how long orders take on a platform that runs.
    Measure(measure::Options),
    /// Make data of any size to measure on, and check data.
    Bench {
        #[command(subcommand)]
        verb: bench::Verb,
    },
    /// Disturb a distributed platform under load, and check that nothing was lost or doubled.
    Drill(drill::Options),
    /// Spread the connections of ports over replicas on this machine.
    Balance(balance::Options),
    /// Make an account with roles, above all the first administrator.
    Account(account::Options),
    /// Load data from files.
    Import {
        #[command(subcommand)]
        what: Import,
    },
}

#[derive(Debug, Subcommand)]
enum Import {
    /// Load products from Shopify's product CSV. Doing it twice changes nothing.
    Catalogue(import::Options),
    /// Load the demo catalogue and the demo accounts, whose password everybody knows, into a database of development.
    Demo,
}

fn main() -> ExitCode {
    // Before the runtime has threads.
    let done = environment::settle().and_then(|()| {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
        runtime.map_err(|error| StartError::new(format!("no runtime: {error}"), "report this"))
    });
    let done = done.and_then(|runtime| runtime.block_on(run(Cli::parse())));
    done.unwrap_or_else(|error: StartError| {
        banner::error(&error);
        ExitCode::FAILURE
    })
}

async fn run(cli: Cli) -> Result<ExitCode, StartError> {
    let telemetry = chassis::init_telemetry()?;
    let outcome = obey(cli).await;
    telemetry.finish().await;
    outcome
}

async fn obey(cli: Cli) -> Result<ExitCode, StartError> {
    match cli.command {
        Command::Up(options) => up::run(&cli.settings, &options).await.map(|()| ExitCode::SUCCESS),
        Command::Prepare => serve::prepare(&cli.settings).await.map(|()| ExitCode::SUCCESS),
        Command::Serve(options) => serve::run(&cli.settings, &options).await.map(|()| ExitCode::SUCCESS),
        Command::Readdress(options) => readdress::run(&options).map(|()| ExitCode::SUCCESS),
        Command::DeadLetters { verb } => dead_letters::run(&cli.settings, &verb).await,
        Command::Search { verb } => reindex::run(&cli.settings, &verb).await.map(|()| ExitCode::SUCCESS),
        Command::Account(options) => account::run(&cli.settings, &options).await,
        Command::Bench { verb } => bench::run(&cli.settings, &verb).await.map(|()| ExitCode::SUCCESS),
        Command::Measure(options) => measure::run(&options).await,
        Command::Drill(options) => drill::run(&cli.settings, &options).await,
        Command::Balance(options) => balance::run(&options).await.map(|()| ExitCode::SUCCESS),
        Command::Demo(options) => demo::run(&options).await,
        Command::Import { what: Import::Catalogue(options) } => import::run(&cli.settings, &options).await,
        Command::Import { what: Import::Demo } => up::import_demo(&cli.settings).await.map(|()| ExitCode::SUCCESS),
    }
}

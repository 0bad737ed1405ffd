//! The all-in-one binary: every subgraph in one process, the gateway beside it, embedded defaults.

mod account;
mod accounts;
mod banner;
mod data;
mod demo;
mod gateway;
mod import;
mod measure;
mod services;
mod up;

use std::path::PathBuf;
use std::process::ExitCode;

use chassis::StartError;
use clap::{Parser, Subcommand};

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

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the whole platform on this machine until Ctrl-C.
    Up(up::Options),
    /// Buy something as a shopper, step by step, through the gateway of a platform that runs.
    Demo(demo::Options),
    /// Measure how long orders take on a platform that runs.
    Measure(measure::Options),
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
}

#[tokio::main]
async fn main() -> ExitCode {
    chassis::init_telemetry();
    let cli = Cli::parse();
    let done = match cli.command {
        Command::Up(options) => up::run(&cli.settings, &options).await.map(|()| ExitCode::SUCCESS),
        Command::Account(options) => account::run(&cli.settings, &options).await,
        Command::Measure(options) => measure::run(&options).await,
        Command::Demo(options) => demo::run(&options).await,
        Command::Import { what: Import::Catalogue(options) } => import::run(&cli.settings, &options).await,
    };
    done.unwrap_or_else(|error: StartError| {
        banner::error(&error);
        ExitCode::FAILURE
    })
}

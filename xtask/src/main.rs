//! The repository's own commands. `cargo xtask help` lists them; one file per verb.

mod check;
mod clippy;
mod new_subgraph;
mod process;
mod schema;
mod servers;
mod sqlx_data;
mod test;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::workspace::Workspace;

/// The repository's own commands.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Checks the layout: who imports whom, what a layer may name, file sizes, folder names.
    Check,
    /// Makes and registers a subgraph that compiles and composes at once.
    NewSubgraph {
        /// Lower-case letters and digits: `reviews`.
        name: String,
    },
    /// Writes schema/: subgraph SDL, event schemas, the composed supergraph and the public API schema.
    Schema {
        /// Writes nothing; fails and names the files that differ.
        #[arg(long)]
        check: bool,
    },
    /// Writes .sqlx of each subgraph: the query data that lets the SQL macros compile without a database.
    Sqlx {
        /// Subgraphs to do; all when none is named.
        subgraphs: Vec<String>,
        /// Writes nothing; fails and names the subgraphs whose data differ.
        #[arg(long)]
        check: bool,
    },
    /// Runs everything that must pass before a change is merged, against private servers.
    Test,
}

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli.verb).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(verb: Verb) -> anyhow::Result<()> {
    let workspace = Workspace::locate()?;
    match verb {
        Verb::Check => check::run(&workspace.root),
        Verb::NewSubgraph { name } => new_subgraph::run(&workspace, &name),
        Verb::Schema { check } => schema::run(&workspace, check, None).await,
        Verb::Sqlx { subgraphs, check } => sqlx_data::run(&workspace, &subgraphs, check).await,
        Verb::Test => test::run(&workspace).await,
    }
}

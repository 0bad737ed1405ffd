//! Benchmarks of the whole platform, driven through the gateway by load tools. `make bench` builds for release and calls this.

mod buying;
mod client;
mod compare;
mod limits;
mod load;
mod machine;
mod meter;
mod orders;
mod outcome;
mod place;
mod plan;
mod platform;
mod processes;
mod reads;
mod run;
mod statements;
mod table;
mod wrk;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Parser;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use crate::outcome::Run;
use crate::place::Place;
use crate::plan::Plan;
use crate::table::say;

/// Measures the whole platform through the gateway.
#[derive(Debug, Parser)]
#[command(name = "techcorp-bench", version)]
struct Options {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    plan: Plan,
    /// A folder for data, which must be empty.
    #[arg(long)]
    data: PathBuf,
    /// Where the figures are written, as JSON.
    #[arg(long)]
    out: Option<PathBuf>,
    /// The figures of an earlier run: what changed since is shown.
    #[arg(long)]
    compare: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> ExitCode {
    match obey(Options::parse()).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Whether everything was answered rightly.
async fn obey(options: Options) -> Result<bool> {
    let stop = CancellationToken::new();
    let mut terminate = signal(SignalKind::terminate()).context("cannot listen for SIGTERM")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("cannot listen for SIGINT")?;
    let stopping = stop.clone();
    tokio::spawn(async move {
        tokio::select! { _ = terminate.recv() => {} _ = interrupt.recv() => {} }
        stopping.cancel();
    });
    // Read first: after a quarter of an hour it would be a pity that it cannot be.
    let before = options.compare.as_ref().map(|file| earlier(file)).transpose()?;
    let run = run::run(&options.place, &options.plan, &options.data, &stop).await?;
    say(&format!("\n{}", table::render(&run)));
    if let Some(file) = &options.out {
        let text = serde_json::to_string_pretty(&run)?;
        std::fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))?;
        say(&format!("Written to {}", file.display()));
    }
    if let Some(before) = before {
        say(&format!(
            "\nSince {}, commit {}:\n\n{}",
            before.machine.at,
            before.machine.commit,
            compare::compared(&before, &run)
        ));
    }
    Ok(run.passed())
}

fn earlier(file: &PathBuf) -> Result<Run> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} holds no figures of this benchmark", file.display()))
}

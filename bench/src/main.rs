//! Benchmarks of the whole platform, driven through the gateway by load tools. `make bench` builds for release and calls this.

mod compare;
mod flash;
mod following;
mod gateway;
mod growth;
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
mod searchable;
mod shares;
mod statements;
mod table;
mod wrk;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Parser;
use serde::Serialize;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use crate::machine::Machine;
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
    /// Measure with 1,000 products and orders and with so many of them, for example 100000,100000, and show how the figures grow.
    #[arg(long, value_parser = growth::Size::parse, conflicts_with = "compare")]
    growth: Option<growth::Size>,
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
    if let Some(large) = options.growth {
        let (small, large) = growth::run(&options.place, &options.plan, &options.data, large, &stop).await?;
        say(&format!("\n{}\n{}\n{}", table::render(&small), table::render(&large), growth::ratios(&small, &large)));
        write(options.out.as_deref(), &[&small, &large])?;
        return Ok(small.passed() && large.passed());
    }
    let run = run::run(&options.place, &options.plan, &options.data, &stop).await?;
    say(&format!("\n{}", table::render(&run)));
    write(options.out.as_deref(), &run)?;
    if let Some(before) = before {
        let Machine { at, commit, .. } = &before.machine;
        say(&format!("\nSince {at}, commit {commit}:\n\n{}", compare::compared(&before, &run)));
    }
    Ok(run.passed())
}

/// Writes the figures as JSON.
fn write(file: Option<&Path>, figures: &impl Serialize) -> Result<()> {
    let Some(file) = file else { return Ok(()) };
    let text = serde_json::to_string_pretty(figures)?;
    std::fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))?;
    say(&format!("Written to {}", file.display()));
    Ok(())
}

fn earlier(file: &Path) -> Result<Run> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} holds no figures of this benchmark", file.display()))
}

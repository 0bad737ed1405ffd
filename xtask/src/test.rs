//! `cargo xtask test`: everything that must pass before a change is merged, in order, against private servers.

use std::future::Future;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};
use chassis::postgres::{Cluster, Options};
use tokio::process::Command;
use tokio::signal::unix::{SignalKind, signal};

use crate::process::{cargo, command, run as run_command, succeeds};
use crate::servers::Servers;
use crate::workspace::Workspace;
use crate::{check, clippy, schema};

/// For fetching the advisory database; without it, advisories are not checked.
const FETCH_DEADLINE: Duration = Duration::from_secs(60);

pub(crate) async fn run(workspace: &Workspace) -> Result<()> {
    let started = Instant::now();
    let mut servers = Servers::start(&workspace.root)?;
    let outcome = with_postgres(300, async |url| steps(workspace, &url, &mut servers).await).await;
    let stopped = servers.stop().await.context("the servers do not stop");
    outcome.and(stopped)?;
    eprintln!("\nEverything passed in {}.", shown(started.elapsed()));
    Ok(())
}

/// Runs `work` with the superuser URL of a fresh PostgreSQL cluster, which is stopped and deleted however `work` ends.
///
/// Its folder is a temporary one: two runs at once do not meet, the path is short enough for a socket, and PostgreSQL's user can reach it
/// when we are root and the build folder is in a closed home.
pub(crate) async fn with_postgres<T>(max_connections: u32, work: impl AsyncFnOnce(String) -> Result<T>) -> Result<T> {
    let folder =
        tempfile::Builder::new().prefix("techcorp-").tempdir().context("cannot create a folder for PostgreSQL")?;
    let options = Options { data_dir: folder.path().into(), durable: false, max_connections };
    // Listened to from before the start, so that a signal during it ends the run after it and leaves no server behind.
    let mut interrupt = signal(SignalKind::interrupt()).context("cannot listen for SIGINT")?;
    let mut terminate = signal(SignalKind::terminate()).context("cannot listen for SIGTERM")?;
    let cluster = Cluster::start(options).await?;
    let outcome = tokio::select! {
        biased;
        _ = interrupt.recv() => Err(anyhow!("interrupted")),
        _ = terminate.recv() => Err(anyhow!("terminated")),
        outcome = work(cluster.url("postgres")) => outcome,
    };
    cluster.stop().await.context("PostgreSQL does not stop")?;
    outcome
}

async fn steps(workspace: &Workspace, database_url: &str, servers: &mut Servers<'_>) -> Result<()> {
    let mut cargo_steps = CargoSteps { workspace, database_url, servers: Vec::new() };
    let gateway = workspace.gateway();
    let has_gateway = gateway.join("Cargo.toml").is_file();

    step("Format", cargo_steps.root(&["fmt", "--all", "--check"])).await?;
    if has_gateway {
        step("Format, gateway", cargo_steps.gateway(&["fmt", "--check"])).await?;
    }
    step("Layout rules", async { check::run(&workspace.root) }).await?;
    step("Clippy", cargo_steps.root(&["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"]))
        .await?;
    if has_gateway {
        step("Clippy, gateway", clippy::while_building(&workspace.gateway(), &workspace.gateway_target)).await?;
        step("Build the gateway", cargo_steps.gateway(&["build", "--quiet"])).await?;
    }
    // One build of everything. Built package by package, each would have other features of the same dependencies, and most of
    // them would be built once more for the tests. The end-to-end tests start the platform's binary, which is among it.
    step("Build", cargo_steps.root(&["build", "--quiet", "--workspace", "--all-targets"])).await?;
    step("Servers", async {
        cargo_steps.servers = servers.ready().await?;
        Ok(())
    })
    .await?;
    // All targets but doc tests, of which there are none: the layout rules see to that.
    step("Tests", cargo_steps.root(&["test", "--quiet", "--workspace", "--all-targets"])).await?;
    if has_gateway {
        step("Tests, gateway", cargo_steps.gateway(&["test", "--quiet"])).await?;
    }
    step("Committed schema", schema::run(workspace, true, Some(&workspace.exporter_bin()))).await?;
    step("Tests, composition", run_command(command("node", &["--test"], &workspace.root.join("xtask/compose"))))
        .await?;
    step("Tests, clients", clients(&workspace.root.join("clients"))).await?;
    step("Dependencies", dependencies(workspace)).await
}

/// Whether the generated documents fit the schema and are what is committed.
async fn clients(folder: &Path) -> Result<()> {
    schema::install(folder).await?;
    run_command(command("npm", &["test", "--silent"], folder)).await
}

/// Cargo in either workspace, with what the tests read from the environment.
struct CargoSteps<'a> {
    workspace: &'a Workspace,
    database_url: &'a str,
    servers: Vec<(String, String)>,
}

impl CargoSteps<'_> {
    async fn root(&self, args: &[&str]) -> Result<()> {
        run_command(self.with_environment(cargo(args, &self.workspace.root), &self.workspace.target)).await
    }

    async fn gateway(&self, args: &[&str]) -> Result<()> {
        run_command(self.with_environment(cargo(args, &self.workspace.gateway()), &self.workspace.gateway_target)).await
    }

    fn with_environment(&self, mut command: Command, target: &Path) -> Command {
        command
            .env("CARGO_TARGET_DIR", target)
            .env("DATABASE_URL", self.database_url)
            .envs(self.servers.iter().map(|(name, url)| (name, url)))
            .env("GATEWAY_BIN", self.workspace.gateway_bin())
            .env("TECHCORP_BIN", self.workspace.techcorp_bin());
        command
    }
}

/// Licences, bans, sources and advisories of both dependency trees. cargo-deny takes minutes to build, so it is optional.
async fn dependencies(workspace: &Workspace) -> Result<()> {
    if !succeeds(cargo(&["deny", "--version"], &workspace.root)).await {
        eprintln!("skipped: cargo-deny is not installed; `scripts/setup --test` installs it");
        return Ok(());
    }
    let fetch = succeeds(cargo(&["deny", "fetch", "db"], &workspace.root));
    let offline = !tokio::time::timeout(FETCH_DEADLINE, fetch).await.unwrap_or(false);
    let mut what = vec!["licenses", "bans", "sources"];
    if offline {
        eprintln!("the advisory database cannot be reached: advisories are not checked");
    } else {
        what.push("advisories");
    }
    for dir in [workspace.root.clone(), workspace.gateway()].iter().filter(|dir| dir.join("Cargo.toml").is_file()) {
        let config = workspace.root.join("deny.toml");
        let mut deny = cargo(&["deny", "--log-level", "error", "--config"], dir);
        deny.arg(config).args(["check", "--hide-inclusion-graph"]).args(&what);
        run_command(deny).await?;
    }
    Ok(())
}

/// One step under its headline, with the time it took.
async fn step(title: &str, work: impl Future<Output = Result<()>>) -> Result<()> {
    eprintln!("\n== {title}");
    let started = Instant::now();
    work.await.with_context(|| format!("`{title}` failed, and nothing after it ran"))?;
    eprintln!("   {title}: ok, {}", shown(started.elapsed()));
    Ok(())
}

fn shown(time: Duration) -> String {
    match time.as_secs() {
        seconds @ 0..60 => format!("{seconds}.{} s", time.subsec_millis() / 100),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_shown_in_the_unit_a_reader_wants() {
        assert_eq!(shown(Duration::from_millis(1_250)), "1.2 s");
        assert_eq!(shown(Duration::from_secs(125)), "2 min 5 s");
    }

    #[tokio::test]
    async fn a_failing_step_names_itself() {
        let error = step("Clippy", async { Err(anyhow!("`cargo clippy` failed")) }).await.expect_err("the step failed");
        assert_eq!(format!("{error:#}"), "`Clippy` failed, and nothing after it ran: `cargo clippy` failed");
    }
}

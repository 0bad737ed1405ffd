//! Where programs and data are, and the commands that prepare the data.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use serde::{Deserialize, Serialize};
use tokio::process::Command;
use tokio::time::sleep;

/// What everything runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// One process, a private PostgreSQL, everything else in the process.
    Embedded,
    /// Many processes on PostgreSQL, RabbitMQ, Redis and OpenSearch.
    Distributed,
}

/// Where programs and data are.
#[derive(Debug, Clone, clap::Args)]
pub struct Place {
    /// What the platform runs on.
    #[arg(long, env = "MODE", value_enum, default_value_t = Mode::Embedded)]
    pub mode: Mode,
    /// The program `techcorp`, built for release.
    #[arg(long, env = "TECHCORP", default_value = "target/release/techcorp")]
    pub techcorp: PathBuf,
    /// The program `techcorp-gateway`, built for release.
    #[arg(long, env = "GATEWAY_BIN", default_value = "gateway/target/release/techcorp-gateway")]
    pub gateway: PathBuf,
    /// The gateway's port; the services follow. Distributed, the servers are from 500 above.
    #[arg(long, env = "BASE_PORT", default_value_t = 4700, value_parser = clap::value_parser!(u16).range(1024..=64_000))]
    pub base_port: u16,
}

/// URLs of the database and of OpenSearch, the first process of PostgreSQL, and those of the other servers.
pub type Found = (String, Option<String>, u32, Vec<u32>);

impl Place {
    /// Address of the gateway.
    pub fn gateway_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.base_port)
    }

    /// What the platform and its scripts read.
    pub fn environment(&self, folder: &Path) -> Vec<(&'static str, String)> {
        vec![
            ("DATA_DIR", folder.display().to_string()),
            ("TECHCORP", self.techcorp.display().to_string()),
            ("GATEWAY_BIN", self.gateway.display().to_string()),
            ("BASE_PORT", self.base_port.to_string()),
            ("SERVERS_DIR", folder.join("servers").display().to_string()),
            ("SERVERS_BASE_PORT", (self.base_port + 500).to_string()),
        ]
    }

    /// Starts or stops the servers of a distributed platform.
    ///
    /// # Errors
    /// When one does not start.
    pub async fn servers(&self, folder: &Path, arguments: &[&str]) -> Result<()> {
        self.run(folder, Command::new("scripts/servers").args(arguments)).await
    }

    /// Stops the servers, whoever has started them: also a private PostgreSQL that a command has left behind that was interrupted.
    ///
    /// # Errors
    /// When one does not stop.
    pub async fn down(&self, folder: &Path) -> Result<()> {
        if self.mode == Mode::Distributed {
            return self.servers(folder, &["down"]).await;
        }
        // None was made yet, or it ended as it should and took its file along.
        let Ok((_, _, database, _)) = embedded(folder) else { return Ok(()) };
        let running = format!("/proc/{database}");
        for _ in 0..300 {
            if !Path::new(&running).exists() {
                return Ok(());
            }
            Command::new("kill").args(["-INT", &database.to_string()]).stderr(Stdio::null()).status().await?;
            sleep(Duration::from_millis(100)).await;
        }
        bail!("PostgreSQL, process {database}, does not stop")
    }

    /// Fills the database of a platform that has run once and does not run now.
    ///
    /// # Errors
    /// When it was filled before.
    pub async fn seed(&self, folder: &Path, products: u64, orders: u64) -> Result<()> {
        let mut command = Command::new(&self.techcorp);
        command.args(["bench", "seed", "--products", &products.to_string(), "--orders", &orders.to_string()]);
        if self.mode == Mode::Distributed {
            self.servers(folder, &["up", "postgresql"]).await?;
            command.env("DATABASE_URL", self.found(folder)?.0);
        }
        self.run(folder, &mut command).await
    }

    /// Looks whether what the services hold in this database fits together.
    ///
    /// # Errors
    /// When it does not, with what is broken.
    pub async fn check(&self, database_url: &str) -> Result<()> {
        let mut command = Command::new(&self.techcorp);
        command.args(["bench", "check"]).env("DATABASE_URL", database_url);
        self.run(Path::new("."), &mut command).await
    }

    async fn run(&self, folder: &Path, command: &mut Command) -> Result<()> {
        // What takes a second here is no news.
        let command = command.envs(self.environment(folder)).env("LOG_LEVEL", "error").stdin(Stdio::null());
        let output = command.kill_on_drop(true).output().await.context("cannot be run")?;
        let said = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "{:?} failed: {}", command.as_std(), said.trim());
        Ok(())
    }

    /// Where the servers are that a platform with these data uses.
    ///
    /// # Errors
    /// When PostgreSQL does not run.
    pub fn found(&self, folder: &Path) -> Result<Found> {
        match self.mode {
            Mode::Embedded => embedded(folder),
            Mode::Distributed => distributed(&folder.join("servers")),
        }
    }
}

fn embedded(folder: &Path) -> Result<Found> {
    let root = folder.join("postgres").canonicalize()?;
    let id = fs::read_to_string(root.join("data/postmaster.pid"))?;
    let id = id.lines().next().unwrap_or_default().trim().parse().context("PostgreSQL has no process")?;
    let host = root.display().to_string().replace('/', "%2F");
    Ok((format!("postgres://techcorp@{host}/techcorp"), None, id, Vec::new()))
}

fn distributed(servers: &Path) -> Result<Found> {
    let servers = servers.canonicalize()?;
    let env = fs::read_to_string(servers.join("env"))?;
    let process = |name: &str| {
        let record = fs::read_to_string(servers.join(format!("state/{name}.process"))).ok()?;
        record.split_ascii_whitespace().next()?.parse::<u32>().ok()
    };
    let database = process("postgresql").context("PostgreSQL has no process")?;
    let others = ["rabbitmq", "redis", "opensearch"].into_iter().filter_map(process).collect();
    Ok((exported(&env, "DATABASE_URL").context("no DATABASE_URL")?, exported(&env, "OPENSEARCH_URL"), database, others))
}

/// The value of a variable in a file of lines `export NAME='VALUE'`.
fn exported(env: &str, name: &str) -> Option<String> {
    let line = env.lines().find_map(|line| line.strip_prefix("export ")?.strip_prefix(name)?.strip_prefix('='));
    line.map(|value| value.trim_matches('\'').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_found_by_its_whole_name() {
        let env = "export DATABASE_URL_OLD='x'\nexport DATABASE_URL='postgres://a@b/c'\n";
        assert_eq!(exported(env, "DATABASE_URL").as_deref(), Some("postgres://a@b/c"));
        assert_eq!(exported(env, "REDIS_URL"), None);
    }
}

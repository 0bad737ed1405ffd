//! The platform under test: started on data of its own, stopped in the end.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use serde_json::json;
use sqlx::{Connection, PgConnection};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::gateway;
use crate::place::{Mode, Place};
use crate::processes::Roots;

/// How long a start may take, with the first start's import.
const START: Duration = Duration::from_secs(180);
/// How long the end may take.
const STOP: Duration = Duration::from_secs(90);
/// A question whose answer needs the gateway, a service and the database.
const FIRST: &str = "{ products(first: 1) { nodes { title variants { availability { quantity } } } } }";

/// A platform that runs.
#[derive(Debug)]
pub struct Platform {
    child: Child,
    /// Address of the gateway, without a slash at its end.
    pub gateway: String,
    /// Of the database, as its superuser.
    pub database_url: String,
    /// Of OpenSearch, where it runs.
    pub opensearch_url: Option<String>,
    /// Its processes.
    pub roots: Roots,
    /// From the start of the program to the first right answer of the gateway.
    pub first_answer: Duration,
}

impl Platform {
    /// Starts the platform with its data below `folder`, which may have been used before.
    ///
    /// # Errors
    /// When it does not say that it is ready, and answer, within three minutes, or is to stop meanwhile. It is stopped then.
    pub async fn start(place: &Place, folder: &Path, stop: &CancellationToken) -> Result<Self> {
        let (mut child, started) = spawn(place, folder)?;
        let id = child.id().context("it has ended")?;
        let begun = stop.run_until_cancelled(timeout(START, begin(&mut child, place, started))).await;
        let Some(begun) = begun else {
            end(&mut child, id).await;
            bail!("interrupted");
        };
        match begun.context("it is not ready within three minutes").flatten() {
            Ok(first_answer) => {
                let (database_url, opensearch_url, database, others) = place.found(folder)?;
                let roots = Roots { platform: id, database, servers: others };
                Ok(Self { child, gateway: place.gateway_url(), database_url, opensearch_url, roots, first_answer })
            }
            Err(error) => {
                end(&mut child, id).await;
                let log = fs::read_to_string(folder.join("platform.log")).unwrap_or_default();
                let last: Vec<&str> = log.lines().rev().take(5).collect();
                let last = last.into_iter().rev().collect::<Vec<_>>().join("\n  ");
                Err(error.context(format!("the platform does not start; its log ends:\n  {last}")))
            }
        }
    }

    /// A connection as the database's superuser.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn database(&self) -> Result<PgConnection> {
        PgConnection::connect(&self.database_url).await.context("cannot connect to the database")
    }

    /// Asks it to end, and waits.
    ///
    /// # Errors
    /// When it has to be killed.
    pub async fn stop(mut self) -> Result<()> {
        let id = self.child.id().context("the platform ended by itself")?;
        ensure!(end(&mut self.child, id).await, "the platform did not end when asked, and was killed");
        Ok(())
    }
}

fn spawn(place: &Place, folder: &Path) -> Result<(Child, Instant)> {
    let mut command = match place.mode {
        Mode::Embedded => {
            let mut command = Command::new(&place.techcorp);
            command.args(["up", "--base-port", &place.base_port.to_string()]);
            command
        }
        Mode::Distributed => Command::new("scripts/distributed"),
    };
    let started = Instant::now();
    let child = command
        .envs(place.environment(folder))
        // One machine is all the shoppers at once: the limit of one address would be the only thing that is measured.
        .env("RATE_LIMIT_PER_SECOND", "1000000")
        .env("LOG_LEVEL", std::env::var("LOG_LEVEL").unwrap_or_else(|_| "warn".to_owned()))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(fs::File::create(folder.join("platform.log")).context("cannot write the platform's log")?)
        // Ctrl-C reaches it through us.
        .process_group(0)
        .spawn()
        .with_context(|| format!("cannot run {}: build it first", place.techcorp.display()))?;
    Ok((child, started))
}

/// Waits until it says that it is ready; answers how long it took until it answered.
async fn begin(child: &mut Child, place: &Place, started: Instant) -> Result<Duration> {
    let mut lines = BufReader::new(child.stdout.take().context("no output")?).lines();
    let says_so = async {
        while let Some(line) = lines.next_line().await? {
            if line.contains("is ready") {
                return Ok(());
            }
        }
        bail!("it ended at its start")
    };
    let client = gateway::guest(&place.gateway_url())?;
    let answers = async {
        loop {
            if let Ok(data) = client.ask(FIRST, json!({})).await
                && data["products"]["nodes"][0]["title"].is_string()
            {
                return Ok(started.elapsed());
            }
            sleep(Duration::from_millis(5)).await;
        }
    };
    let ((), first_answer) = tokio::try_join!(says_so, answers)?;
    // Whoever writes to a pipe that nobody reads stands still.
    tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
    Ok(first_answer)
}

/// Whether it ended when asked; else it is killed.
async fn end(child: &mut Child, id: u32) -> bool {
    let asked = Command::new("kill").args(["-TERM", &id.to_string()]).status().await;
    if asked.is_ok() && timeout(STOP, child.wait()).await.is_ok() {
        return true;
    }
    drop(child.kill().await);
    false
}

/// A folder for data that servers with users of their own can enter.
///
/// # Errors
/// When it cannot be made.
pub fn folder(data: &Path, name: &str) -> Result<PathBuf> {
    use std::os::unix::fs::PermissionsExt;
    let folder = data.join(name);
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755))?;
    Ok(folder.canonicalize()?)
}

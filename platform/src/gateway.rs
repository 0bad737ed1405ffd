//! The gateway, a process beside this one.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use chassis::StartError;
use tokio::process::{Child, ChildStdin, Command};
use tokio::time::{Instant, sleep, timeout};

use crate::environment::value;

const START_DEADLINE: Duration = Duration::from_secs(30);
const STOP_DEADLINE: Duration = Duration::from_secs(10);

/// A gateway that answers. It ends with this process, however that ends: it watches the pipe that `child` holds open.
pub(crate) struct Gateway {
    child: Child,
    /// Held apart: waiting for the child would close it.
    _pipe: Option<ChildStdin>,
    log: PathBuf,
}

impl Gateway {
    /// Starts the gateway on the port over the supergraph, and waits until it answers. It logs to `gateway.log` beside the
    /// supergraph.
    pub(crate) async fn start(config: &Path, supergraph: &Path, host: &str, port: u16) -> Result<Self, StartError> {
        let binary = binary();
        let log = supergraph.with_file_name("gateway.log");
        let no_log = |error: std::io::Error| {
            StartError::new(
                format!("cannot write {}: {error}", log.display()),
                "free disk space or make the folder writable",
            )
        };
        let file = File::create(&log).map_err(no_log)?;
        let copy = file.try_clone().map_err(no_log)?;
        // Its export is off by default, and its router cannot be told to look whether there is a collector.
        let sampling = value("OTEL_EXPORTER_OTLP_ENDPOINT").map_or("0", |_| "1").to_owned();
        // A process group of its own, so that Ctrl-C reaches it through us, after the requests under way.
        let mut child = Command::new(&binary)
            .env("ROUTER_CONFIG_FILE_PATH", config)
            .env("SUPERGRAPH_FILE_PATH", supergraph)
            .env("HOST", host)
            .env("PORT", port.to_string())
            .env("LOG_LEVEL", std::env::var("LOG_LEVEL").unwrap_or_else(|_| "info".to_owned()))
            .env("TELEMETRY_TRACING_SAMPLING_RATE", value("TELEMETRY_TRACING_SAMPLING_RATE").unwrap_or(sampling))
            .env("STOP_WITH_STDIN", "true")
            .stdin(Stdio::piped())
            .stdout(file)
            .stderr(copy)
            .process_group(0)
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| {
                StartError::new(
                    format!("cannot run the gateway {}: {error}", binary.display()),
                    "build it with `make up`, or name it in GATEWAY_BIN",
                )
            })?;
        let pipe = child.stdin.take();
        let mut gateway = Self { child, _pipe: pipe, log };
        gateway.ready(&format!("http://{host}:{port}/health")).await?;
        Ok(gateway)
    }

    async fn ready(&mut self, health: &str) -> Result<(), StartError> {
        let client = reqwest::Client::builder().timeout(Duration::from_secs(1)).build();
        let client = client.map_err(|error| StartError::new(format!("no HTTP client: {error}"), "report this"))?;
        let give_up = Instant::now() + START_DEADLINE;
        while Instant::now() < give_up {
            if let Ok(Some(status)) = self.child.try_wait() {
                return Err(self.failed(&format!("ended at start ({status})")));
            }
            if client.get(health).send().await.is_ok_and(|answer| answer.status().is_success()) {
                return Ok(());
            }
            sleep(Duration::from_millis(20)).await;
        }
        Err(self.failed(&format!("does not answer within {START_DEADLINE:?}")))
    }

    fn failed(&self, what: &str) -> StartError {
        let said = std::fs::read_to_string(&self.log).unwrap_or_default();
        let last: Vec<&str> = said.lines().rev().take(5).collect();
        let last = last.into_iter().rev().collect::<Vec<_>>().join("\n    ");
        StartError::new(
            format!("the gateway {what}:\n    {last}"),
            format!("read {}, then start again", self.log.display()),
        )
    }

    /// Resolves when the gateway ends by itself, with why.
    pub(crate) async fn ended(&mut self) -> StartError {
        let status = self.child.wait().await.map_or_else(|error| error.to_string(), |status| status.to_string());
        self.failed(&format!("ended by itself ({status})"))
    }

    /// Asks the gateway to finish and waits for it; after the deadline it is killed.
    pub(crate) async fn stop(mut self) {
        if let Some(id) = self.child.id() {
            let asked = Command::new("kill").args(["-TERM", &id.to_string()]).status().await;
            if asked.is_ok() && timeout(STOP_DEADLINE, self.child.wait()).await.is_ok() {
                return;
            }
        }
        if let Err(error) = self.child.kill().await {
            tracing::warn!(%error, "cannot stop the gateway");
        }
    }
}

/// `GATEWAY_BIN`, else beside this program, else where the gateway's own workspace builds it.
fn binary() -> PathBuf {
    let beside = || Some(std::env::current_exe().ok()?.with_file_name("techcorp-gateway")).filter(|path| path.exists());
    let named = std::env::var_os("GATEWAY_BIN").map(PathBuf::from);
    named.or_else(beside).unwrap_or_else(|| "gateway/target/debug/techcorp-gateway".into())
}

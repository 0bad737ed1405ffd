//! The gateway, a process beside this one.

use std::path::{Path, PathBuf};
use std::time::Duration;

use chassis::StartError;
use tokio::process::{Child, Command};
use tokio::time::{Instant, sleep, timeout};

const START_DEADLINE: Duration = Duration::from_secs(30);
const STOP_DEADLINE: Duration = Duration::from_secs(10);

/// A gateway that answers.
pub(crate) struct Gateway {
    child: Child,
}

impl Gateway {
    /// Starts the gateway on the port over the supergraph, and waits until it answers.
    pub(crate) async fn start(supergraph: &Path, host: &str, port: u16) -> Result<Self, StartError> {
        let binary = binary();
        // A process group of its own, so that Ctrl-C reaches it through us, after the requests under way.
        let child = Command::new(&binary)
            .env("ROUTER_CONFIG_FILE_PATH", "router-config/hive-router.yaml")
            .env("SUPERGRAPH_FILE_PATH", supergraph)
            .env("HOST", host)
            .env("PORT", port.to_string())
            .process_group(0)
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| {
                StartError::new(
                    format!("cannot run the gateway {}: {error}", binary.display()),
                    "build it with `make up`, or name it in GATEWAY_BIN",
                )
            })?;
        let mut gateway = Self { child };
        gateway.ready(&format!("http://{host}:{port}/health")).await?;
        Ok(gateway)
    }

    async fn ready(&mut self, health: &str) -> Result<(), StartError> {
        let client = reqwest::Client::builder().timeout(Duration::from_secs(1)).build();
        let client = client.map_err(|error| StartError::new(format!("no HTTP client: {error}"), "report this"))?;
        let give_up = Instant::now() + START_DEADLINE;
        while Instant::now() < give_up {
            if let Ok(Some(status)) = self.child.try_wait() {
                return Err(StartError::new(
                    format!("the gateway ended at start ({status})"),
                    "read its lines above; a taken port is the usual reason",
                ));
            }
            if client.get(health).send().await.is_ok_and(|answer| answer.status().is_success()) {
                return Ok(());
            }
            sleep(Duration::from_millis(20)).await;
        }
        Err(StartError::new(format!("the gateway does not answer within {START_DEADLINE:?}"), "read its lines above"))
    }

    /// Resolves when the gateway ends by itself.
    pub(crate) async fn ended(&mut self) -> String {
        self.child.wait().await.map_or_else(|error| error.to_string(), |status| status.to_string())
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

//! The whole platform driven through the gateway, as a client sees it.

mod collector;
mod distributed;
mod owner;
mod shop;
mod time;

pub use collector::{Collector, Traced};
pub use distributed::Distributed;
pub use owner::{is_queued, mend_variant, tell_of_variant};
pub use shop::Offer;
pub use time::{expire_reservation, expired_copy};

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::{Instant, sleep, timeout};

const START_DEADLINE: Duration = Duration::from_secs(90);
/// Longer than the lease of a payment (40 s), which whoever takes over from a killed process waits for.
pub(crate) const EVENTUALLY: Duration = Duration::from_secs(90);

/// Asks again until there is an answer.
///
/// # Panics
/// When there is none within a minute and a half.
pub async fn eventually<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let give_up = Instant::now() + EVENTUALLY;
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(Instant::now() < give_up, "not within {EVENTUALLY:?}: {what}");
        sleep(Duration::from_millis(20)).await;
    }
}

/// A platform of the test's own: its data, its ports.
pub struct Platform {
    /// The gateway's address.
    pub address: String,
    child: Child,
    client: reqwest::Client,
}

/// A new folder for data, where also the user that PostgreSQL runs as can enter.
///
/// # Panics
/// When the disk refuses.
pub fn data_dir() -> TempDir {
    tempfile::Builder::new().prefix("techcorp-e2e-").tempdir().expect("a temporary folder")
}

/// Ten free ports in a row, for the gateway and up to nine subgraphs; tests of one process that run at the same time take different slots (0 or 1).
///
/// # Panics
/// When there are none.
pub fn free_ports(slot: u16) -> u16 {
    let start = 21_000 + u16::try_from(std::process::id() % 500).unwrap_or(0) * 20 + slot * 10;
    (0..100)
        .map(|attempt| start + attempt * 20)
        .find(|base| (0..10).all(|offset| TcpListener::bind(("127.0.0.1", base + offset)).is_ok()))
        .expect("ten free ports in a row")
}

/// The platform's command on embedded defaults, to be started from the repository's folder.
///
/// # Panics
/// When it was not built.
pub fn techcorp(data_dir: &Path) -> Command {
    let beside_the_tests = || {
        let test = std::env::current_exe().expect("the test's own path");
        test.parent().and_then(Path::parent).expect("target/debug").join("techcorp")
    };
    let binary = std::env::var_os("TECHCORP_BIN").map_or_else(beside_the_tests, PathBuf::from);
    assert!(binary.exists(), "{} is missing: `cargo build --package platform` makes it", binary.display());
    let mut command = Command::new(binary);
    for server in ["DATABASE_URL", "AMQP_URL", "REDIS_URL", "OPENSEARCH_URL"] {
        command.env_remove(server);
    }
    command.current_dir(repository()).env("DATA_DIR", data_dir).kill_on_drop(true);
    command
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the repository").to_owned()
}

impl Platform {
    /// Starts the platform and waits for its banner.
    ///
    /// # Panics
    /// When it does not become ready.
    pub async fn start(data_dir: &Path, base_port: u16) -> Self {
        Self::start_as(techcorp(data_dir), base_port).await
    }

    /// The same, with an environment or a log of the test's own.
    ///
    /// # Panics
    /// When it does not become ready.
    pub async fn start_as(mut command: Command, base_port: u16) -> Self {
        command.args(["up", "--base-port", &base_port.to_string()]).stdout(Stdio::piped());
        let mut child = command.spawn().expect("the platform starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let banner = async {
            while let Some(line) = lines.next_line().await.expect("readable output") {
                if line.contains("is ready") {
                    return true;
                }
            }
            false
        };
        assert!(
            timeout(START_DEADLINE, banner).await.expect("ready in time"),
            "the platform ended instead of becoming ready"
        );
        // Whoever reads no further must not let the platform block on a full pipe.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        let client = reqwest::Client::builder().timeout(Duration::from_secs(15)).build().expect("a client");
        Self { address: format!("http://127.0.0.1:{base_port}"), child, client }
    }

    /// A gateway that was started by somebody else.
    fn of(child: Child, port: u16) -> Self {
        let client = reqwest::Client::builder().timeout(Duration::from_secs(15)).build().expect("a client");
        Self { address: format!("http://127.0.0.1:{port}"), child, client }
    }

    /// Whether the page answers well.
    async fn is_ready(&self, path: &str) -> bool {
        let answer = self.client.get(format!("{}{path}", self.address)).send().await;
        answer.is_ok_and(|answer| answer.status().is_success())
    }

    /// Ends the process as an orchestrator does, and waits for it.
    async fn terminate(&mut self) {
        let id = self.child.id().expect("it still runs").to_string();
        Command::new("kill").args(["-TERM", &id]).status().await.expect("kill runs");
        timeout(Duration::from_secs(40), self.child.wait()).await.expect("it ends in time").expect("a status");
    }

    /// Sends a query to the gateway.
    ///
    /// # Panics
    /// When the answer is no JSON.
    pub async fn query(&self, query: &str, variables: Value) -> Value {
        let request = self
            .client
            .post(format!("{}/graphql", self.address))
            .json(&json!({ "query": query, "variables": variables }));
        request.send().await.expect("an answer").json().await.expect("JSON")
    }

    /// Fetches a page: its status, content type and text.
    ///
    /// # Panics
    /// When there is no answer.
    pub async fn get(&self, path: &str) -> (u16, String, String) {
        let answer = self.client.get(format!("{}{path}", self.address)).send().await.expect("an answer");
        let kind =
            answer.headers().get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_owned();
        (answer.status().as_u16(), kind, answer.text().await.expect("text"))
    }

    /// Kills the platform's process, as a crash or the kernel does: nothing is finished, nothing is said. The gateway, which ends with
    /// it, has given its port free when this returns.
    ///
    /// # Panics
    /// When it cannot be killed.
    pub async fn kill(mut self) {
        self.child.kill().await.expect("it is killed");
        let address = self.address.trim_start_matches("http://").to_owned();
        eventually("the gateway ends with the platform", async || TcpListener::bind(&address).ok()).await;
    }

    /// Stops the platform as Ctrl-C does, and waits until it has ended well.
    ///
    /// # Panics
    /// When it does not.
    pub async fn stop(mut self) {
        let id = self.child.id().expect("it still runs").to_string();
        Command::new("kill").args(["-INT", &id]).status().await.expect("kill runs");
        let status =
            timeout(Duration::from_secs(30), self.child.wait()).await.expect("it ends in time").expect("a status");
        assert!(status.success(), "{status}");
    }
}

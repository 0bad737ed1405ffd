//! What a run ran on: figures of different machines cannot be compared.

use std::fs;
use std::process::Command;

use kernel::{Clock, SystemClock};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use time::format_description::well_known::Rfc3339;

/// The machine, and the versions of what ran on it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Machine {
    /// When, in UTC.
    pub at: String,
    /// The processor's name.
    pub processor: String,
    /// How many of them.
    pub processors: usize,
    /// Memory in megabytes.
    pub memory_mb: u64,
    /// Of the operating system.
    pub kernel: String,
    /// The commit that was measured; `-dirty` when files differed from it.
    pub commit: String,
    /// Of compiler, servers and tools, by their own words.
    pub versions: Vec<String>,
    /// How busy the machine was before the run: processes that wanted to run, over the minute before. Others' work makes every figure worse.
    pub load_before: f64,
}

impl Machine {
    /// This one, now.
    pub fn this() -> Self {
        let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
        let field = |text: &str, name: &str| {
            let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default();
            line.split_once(':').map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
        };
        let memory = field(&read("/proc/meminfo"), "MemTotal");
        Self {
            at: SystemClock.now().format(&Rfc3339).unwrap_or_default(),
            processor: field(&read("/proc/cpuinfo"), "model name"),
            processors: std::thread::available_parallelism().map_or(0, Into::into),
            memory_mb: memory.split(' ').next().and_then(|kb| kb.parse::<u64>().ok()).unwrap_or_default() / 1024,
            kernel: read("/proc/sys/kernel/osrelease").trim().to_owned(),
            commit: said("git", &["describe", "--always", "--dirty", "--exclude=*"]),
            versions: [said("rustc", &["--version"]), said("wrk", &["-v"])]
                .into_iter()
                .filter(|v| !v.is_empty())
                .collect(),
            load_before: read("/proc/loadavg").split(' ').next().and_then(|load| load.parse().ok()).unwrap_or_default(),
        }
    }

    /// Adds the versions of the servers that are used.
    pub async fn add_servers(&mut self, conn: &mut PgConnection, distributed: bool) {
        let server: Result<String, _> = sqlx::query_scalar("select version()").fetch_one(conn).await;
        self.versions.extend(server.ok().and_then(|version| version.split(" on ").next().map(str::to_owned)));
        if distributed {
            let redis = said("redis-server", &["--version"]);
            let broker = said("dpkg-query", &["--show", "rabbitmq-server"]);
            self.versions.extend([redis, broker].into_iter().filter(|version| !version.is_empty()));
        }
    }
}

/// The first line that a program says; empty when it is not there.
fn said(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    text.lines().next().unwrap_or_default().trim().to_owned()
}

//! The servers of a test run, by way of scripts/servers: private, in a temporary folder, on free ports.

use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, Result, bail};
use tempfile::TempDir;
use tokio::process::{Child, Command};

use crate::process::{command, run as run_command};

/// What the tests need beside PostgreSQL, which the run starts itself.
const NAMES: [&str; 4] = ["rabbitmq", "redis", "opensearch", "redis-cluster"];
/// Above the base port: RabbitMQ's port mapper, RabbitMQ twice, Redis, the cluster's three nodes twice, OpenSearch twice.
const OFFSETS: [u16; 12] = [69, 72, 73, 79, 81, 82, 83, 84, 85, 86, 92, 93];
/// Bases to choose from: below the ports that the system gives to clients.
const BASES: std::ops::Range<u16> = 10_000..32_000;
/// Between two bases.
const STEP: usize = 100;

/// Servers that are being started, or run. `stop` must be called, whatever happened.
pub(crate) struct Servers<'a> {
    root: &'a Path,
    folder: TempDir,
    base_port: u16,
    starting: Option<Child>,
}

impl<'a> Servers<'a> {
    /// Begins to start them, and to install what is missing; `ready` waits for it. Meanwhile something else can be done.
    pub(crate) fn start(root: &'a Path) -> Result<Self> {
        use std::os::unix::fs::PermissionsExt;
        // As root, servers run as users of their own, who must be able to enter.
        let folder = tempfile::Builder::new()
            .prefix("techcorp-servers-")
            .permissions(std::fs::Permissions::from_mode(0o755))
            .tempdir()
            .context("cannot create a folder for the servers")?;
        let mut servers = Self { root, folder, base_port: free_base(BASES)?, starting: None };
        // A process group of its own: Ctrl-C must reach us first, so that it is never killed half-way.
        let mut up = servers.script("up", &NAMES);
        up.stdout(Stdio::inherit()).kill_on_drop(false).process_group(0);
        servers.starting = Some(up.spawn().context("cannot start scripts/servers")?);
        Ok(servers)
    }

    /// Waits until all of them answer; the variables that name them to the tests.
    pub(crate) async fn ready(&mut self) -> Result<Vec<(String, String)>> {
        if let Some(up) = &mut self.starting {
            let status = up.wait().await.context("cannot wait for scripts/servers")?;
            self.starting = None;
            if !status.success() {
                bail!("`scripts/servers up {}` failed ({status}); it says why above", NAMES.join(" "));
            }
        }
        let file = self.folder.path().join("env");
        let text = std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let variables = exports(&text)?;
        if variables.len() != NAMES.len() {
            bail!("{} should name {} servers and names {}", file.display(), NAMES.len(), variables.len());
        }
        Ok(variables)
    }

    /// Stops all of them, also those that were only being started, and deletes their data.
    pub(crate) async fn stop(mut self) -> Result<()> {
        if let Some(mut up) = self.starting.take()
            && let Some(id) = up.id()
        {
            // Asked, not killed: it puts the system's policy for services back when it was installing.
            run_command(command("kill", &["-TERM", "--", &format!("-{id}")], self.root)).await.ok();
            up.wait().await.context("scripts/servers does not end")?;
        }
        let mut down = self.script("down", &[]);
        down.stdout(Stdio::null());
        run_command(down).await
    }

    fn script(&self, verb: &str, names: &[&str]) -> Command {
        let mut script = command("scripts/servers", &[verb], self.root);
        script.args(names).env("SERVERS_DIR", self.folder.path()).env("SERVERS_BASE_PORT", self.base_port.to_string());
        script
    }
}

/// A base above which all ports are free. Runs at the same time begin to look at different ones.
fn free_base(range: std::ops::Range<u16>) -> Result<u16> {
    let bases: Vec<u16> = range.step_by(STEP).collect();
    let first = usize::try_from(std::process::id())? % bases.len().max(1);
    let (before, after) = bases.split_at(first.min(bases.len()));
    let free = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok();
    let found = after.iter().chain(before).find(|base| OFFSETS.iter().all(|offset| free(*base + offset)));
    found.copied().context("no free ports for the servers; stop what listens on so many")
}

/// The variables of lines such as `export NAME='value'`.
fn exports(text: &str) -> Result<Vec<(String, String)>> {
    let export = |line: &str| {
        let (name, value) = line.strip_prefix("export ")?.split_once('=')?;
        Some((name.to_owned(), value.strip_prefix('\'')?.strip_suffix('\'')?.to_owned()))
    };
    text.lines().map(|line| export(line).with_context(|| format!("not an export: {line}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exports_are_read_and_anything_else_is_refused() {
        let text = "export AMQP_URL='amqp://u:p@127.0.0.1:1/%2f'\nexport REDIS_URL='redis://127.0.0.1:2/0?a=b'\n";
        let expected = [("AMQP_URL", "amqp://u:p@127.0.0.1:1/%2f"), ("REDIS_URL", "redis://127.0.0.1:2/0?a=b")];
        assert_eq!(exports(text).expect("two exports"), expected.map(|(name, url)| (name.into(), url.into())));
        exports("AMQP_URL=x\n").expect_err("not an export");
    }

    #[test]
    fn a_base_with_a_taken_port_is_passed_over() {
        let base = free_base(BASES).expect("free ports");
        let only = base..base + 1;
        let _taken = TcpListener::bind((Ipv4Addr::LOCALHOST, base + OFFSETS[3])).expect("it was free");
        free_base(only).expect_err("the only base has a taken port");
    }

    #[tokio::test]
    async fn stopping_in_the_midst_of_the_start_leaves_no_process_behind() {
        let root = tempfile::tempdir().expect("a folder");
        let (log, script) = (root.path().join("log"), root.path().join("scripts/servers"));
        std::fs::create_dir(root.path().join("scripts")).expect("a folder");
        // Stands for an installation that would take long, and puts something back at its end.
        let text = format!(
            "#!/bin/bash\nif [[ $1 == up ]]; then trap 'echo restored >>{log}' EXIT; echo began >>{log}; sleep 600; \
             else echo \"$1\" >>{log}; fi\n",
            log = log.display()
        );
        std::fs::write(&script, text).expect("written");
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).expect("executable");

        let servers = Servers::start(root.path()).expect("it starts");
        // The file is there before its line is: the shell opens it first.
        while std::fs::read_to_string(&log).unwrap_or_default() != "began\n" {
            tokio::task::yield_now().await;
        }
        servers.stop().await.expect("it stops");
        assert_eq!(std::fs::read_to_string(&log).expect("the log"), "began\nrestored\ndown\n");
    }
}

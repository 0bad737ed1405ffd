//! A cluster of a test's own, whose masters it may stop.

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

use redis::FromRedisValue;
use redis::aio::MultiplexedConnection;
use tempfile::TempDir;

/// What scripts/servers calls it.
const NAME: &str = "redis-cluster";

/// Three masters without replicas, in a folder and on ports of their own. They end with the test, also when it fails.
pub(crate) struct Masters {
    folder: TempDir,
    base: u16,
}

impl Masters {
    /// `number` differs between the tests of this crate, which run at once.
    pub(crate) fn start(number: u16) -> Self {
        // As root, the servers run as another user, who must be able to enter.
        let open = std::fs::Permissions::from_mode(0o755);
        let folder = tempfile::Builder::new().prefix("techcorp-").permissions(open).tempdir().unwrap();
        // Below the ports that the system gives to clients, and others than those of runs at the same time.
        let first = 10_000 + u16::try_from(std::process::id() % 100).unwrap() * 100 + number * 10;
        let free = |base: &u16| (81..=86).all(|offset| TcpListener::bind(("127.0.0.1", base + offset)).is_ok());
        let base = (first..32_000).step_by(100).find(free).expect("free ports");
        let masters = Self { folder, base };
        masters.servers("up");
        masters
    }

    /// Names all of them.
    pub(crate) fn url(&self) -> String {
        let env = std::fs::read_to_string(self.folder.path().join("servers/env")).unwrap();
        let url = env.lines().find_map(|line| line.strip_prefix("export REDIS_CLUSTER_URL='")?.strip_suffix('\''));
        url.expect("scripts/servers says where it is").to_owned()
    }

    /// Sends a signal to one of 1, 2 and 3; says whether it was there.
    pub(crate) fn signal(&self, number: usize, signal: &str) -> bool {
        let record = self.folder.path().join(format!("servers/state/{NAME}-{number}.process"));
        let record = std::fs::read_to_string(record).unwrap_or_default();
        // Its number, and when it began.
        let Some((process, _)) = record.split_once(' ') else { return false };
        Command::new("kill").args([&format!("-{signal}"), process]).status().is_ok_and(|sent| sent.success())
    }

    /// Whoever died runs again, with what it had.
    pub(crate) fn restart(&self) {
        self.servers("start");
    }

    /// What one of 1, 2 and 3 answers.
    pub(crate) async fn ask<T: FromRedisValue>(&self, number: usize, command: &[&str]) -> T {
        let mut node = self.node(number).await;
        redis::cmd(command[0]).arg(&command[1..]).query_async(&mut node).await.unwrap()
    }

    /// Moves so many slots to another, as whoever runs the cluster does it.
    pub(crate) async fn move_slots(&self, from: usize, to: usize, count: usize) {
        let [from, to] = [self.ask::<String>(from, &["CLUSTER", "MYID"]), self.ask(to, &["CLUSTER", "MYID"])];
        let (from, to) = (from.await, to.await);
        let password =
            std::fs::read_to_string(self.folder.path().join(format!("servers/state/{NAME}.password"))).unwrap();
        let mut cli = tokio::process::Command::new("redis-cli");
        cli.env("REDISCLI_AUTH", password).args(["--cluster", "reshard", &format!("127.0.0.1:{}", self.base + 81)]);
        cli.args([
            "--cluster-from",
            &from,
            "--cluster-to",
            &to,
            "--cluster-slots",
            &count.to_string(),
            "--cluster-yes",
        ]);
        let output = cli.output().await.unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }

    async fn node(&self, number: usize) -> MultiplexedConnection {
        let url = self.url();
        let client = redis::Client::open(url.split(',').nth(number - 1).unwrap()).unwrap();
        client.get_multiplexed_async_connection().await.unwrap()
    }

    fn servers(&self, verb: &str) {
        let output = self.script(verb);
        let (said, failed) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "{verb}: {said}{failed}");
    }

    fn script(&self, verb: &str) -> Output {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let mut script = Command::new(root.join("scripts/servers"));
        script.args([verb, NAME]).env("SERVERS_DIR", self.folder.path().join("servers"));
        script.env("SERVERS_BASE_PORT", self.base.to_string()).output().expect("the script runs")
    }
}

impl Drop for Masters {
    fn drop(&mut self) {
        // One that was made silent would not hear that it shall end.
        for number in 1..=3 {
            self.signal(number, "CONT");
        }
        self.script("down");
    }
}

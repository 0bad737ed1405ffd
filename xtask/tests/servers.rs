//! scripts/servers with the smallest of its servers: what it starts it knows again, and it stops nothing else.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Stops what a test has started, also when it fails.
struct Place {
    folder: tempfile::TempDir,
    base: u16,
}

impl Place {
    /// `number` differs between the tests of this file.
    fn new(number: u16) -> Self {
        let installed = Command::new("redis-server").arg("--version").output().is_ok_and(|said| said.status.success());
        assert!(
            installed,
            "this test needs redis-server: run `scripts/servers up redis`, which installs it, and test again"
        );
        // As root, the server runs as another user, who must be able to enter.
        let open = std::fs::Permissions::from_mode(0o755);
        let folder = tempfile::Builder::new().prefix("techcorp-").permissions(open).tempdir().expect("a folder");
        // Below the ports that the system gives to clients, and others than those of runs at the same time.
        let first = 10_000 + u16::try_from(std::process::id() % 100).expect("below 100") * 100 + number;
        let free = |base: &u16| TcpListener::bind(("127.0.0.1", *base + 79)).is_ok();
        let base = (first..32_000).step_by(100).find(free).expect("a free port");
        Self { folder, base }
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask/ lies in the repository");
        let mut script = Command::new(root.join("scripts/servers"));
        script.args(arguments).env("SERVERS_DIR", self.path("")).env("SERVERS_BASE_PORT", self.base.to_string());
        script.output().expect("the script runs")
    }

    /// What it prints when it succeeds.
    fn says(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let (said, failed) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "{arguments:?}: {said}{failed}");
        said.into_owned()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("servers").join(name)
    }

    /// Sends commands with the server's password; the last line of the answer.
    fn ask(&self, command: &str) -> String {
        let password = std::fs::read_to_string(self.path("state/redis.password")).expect("a password");
        let mut server = TcpStream::connect(("127.0.0.1", self.base + 79)).expect("it listens");
        write!(server, "AUTH {password}\r\n{command}\r\nQUIT\r\n").expect("sent");
        let lines: Vec<String> = BufReader::new(server).lines().map(|line| line.expect("a line")).collect();
        lines[lines.len() - 2].clone()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.run(&["down"]);
    }
}

#[test]
fn up_is_repeatable_and_a_drill_keeps_data_and_url() {
    let place = Place::new(1);
    assert!(place.says(&["up", "redis"]).contains("redis: ready"));
    assert!(place.says(&["up", "redis"]).contains("redis: runs already"));
    assert_eq!(place.ask("SET key kept"), "+OK");
    let env = std::fs::read_to_string(place.path("env")).expect("the env file");
    assert!(env.starts_with("export REDIS_URL='redis://default:") && env.lines().count() == 1, "{env}");
    let mode = std::fs::metadata(place.path("env")).expect("the env file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "a password is in it");

    place.says(&["stop", "redis"]);
    assert!(!place.run(&["status", "redis"]).status.success());
    TcpStream::connect(("127.0.0.1", place.base + 79)).expect_err("it is away");
    assert_eq!(std::fs::read_to_string(place.path("env")).expect("the env file"), env);
    place.says(&["start", "redis"]);
    assert_eq!(place.ask("GET key"), "kept");

    place.says(&["down"]);
    assert_eq!(std::fs::read_to_string(place.path("env")).expect("the env file"), "");
}

#[test]
fn a_process_with_the_recorded_number_that_is_another_is_left_alone() {
    let place = Place::new(2);
    place.says(&["up", "redis"]);
    let record = place.path("state/redis.process");
    let ours = std::fs::read_to_string(&record).expect("the record");
    let mut other = Command::new("sleep").arg("600").spawn().expect("a process");
    std::fs::write(&record, format!("{} 1\n", other.id())).expect("written");
    let said = place.run(&["down", "redis"]);
    let lives = other.try_wait().expect("its state").is_none();
    other.kill().and_then(|()| other.wait()).expect("it ends");
    std::fs::write(&record, ours).expect("written");
    assert!(lives, "{}", String::from_utf8_lossy(&said.stdout));
}

#[test]
fn a_taken_port_is_named_and_nothing_is_started() {
    let place = Place::new(3);
    let taken = TcpListener::bind(("127.0.0.1", place.base + 79)).expect("it was free");
    let output = place.run(&["up", "redis"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains(&format!("port {} is taken", place.base + 79)), "{said}");
    assert!(!place.path("state/redis.process").exists());
    drop(taken);
}

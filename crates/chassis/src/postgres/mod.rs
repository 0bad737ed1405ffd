//! A private PostgreSQL cluster, started from the server binaries on the machine.

mod machine;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use tokio::process::Command;

use crate::StartError;
use machine::{elsewhere, folder_error, is_closed_to, newest_server, unprivileged_owner};

/// How to run the cluster.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where its data, its socket and its password are. Created when missing.
    pub data_dir: PathBuf,
    /// Whether a commit survives a power cut. Only tests may say no.
    pub durable: bool,
    /// PostgreSQL's own limit.
    pub max_connections: u32,
}

/// A running cluster. It listens on a Unix socket in its own folder only, never on the network.
#[derive(Debug)]
pub struct Cluster {
    bin: PathBuf,
    root: PathBuf,
    owner: Option<(u32, u32)>,
    joined: bool,
}

impl Cluster {
    /// Starts the cluster, creating it on first use. A cluster that runs there already is joined.
    ///
    /// # Errors
    /// No server binaries, a folder of another version, a full disk, no user to run as: each with its remedy.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        let bin = newest_server(Path::new("/usr/lib/postgresql"))?;
        let folder = options.data_dir;
        let io = |error: std::io::Error| folder_error(&folder, &error);
        fs::create_dir_all(&folder).map_err(io)?;
        let mut root = folder.canonicalize().map_err(io)?;
        let owner = unprivileged_owner()?;
        if let Some((uid, gid)) = owner {
            if is_closed_to(&root, uid) {
                root = elsewhere(&folder, &root)?;
            }
            std::os::unix::fs::chown(&root, Some(uid), Some(gid)).map_err(|e| folder_error(&root, &e))?;
        }
        let mut cluster = Self { bin, root, owner, joined: false };
        cluster.check_version().await?;
        if !cluster.data().join("PG_VERSION").exists() {
            let data = cluster.data();
            cluster
                .run(
                    "initdb",
                    &[
                        "-D",
                        path(&data),
                        "-U",
                        "techcorp",
                        "-A",
                        "trust",
                        "-E",
                        "UTF8",
                        "--locale=C.UTF-8",
                        "--no-instructions",
                    ],
                )
                .await?;
        }
        if cluster.run("pg_ctl", &["-D", path(&cluster.data()), "status"]).await.is_ok() {
            cluster.joined = true;
            return Ok(cluster);
        }
        let flush =
            if options.durable { "" } else { "-c fsync=off -c synchronous_commit=off -c full_page_writes=off " };
        // The socket folder is readable by its owner only, which is why local connections need no password. Queues turn over
        // thousands of rows in the minute between two visits of autovacuum that PostgreSQL has by default.
        let flags = format!(
            "{flush}-c autovacuum_naptime=5s -c listen_addresses='' -c unix_socket_directories='{}' -c unix_socket_permissions=0700 -c max_connections={} -c shared_buffers=128MB",
            cluster.root.display(),
            options.max_connections
        );
        let (data, log) = (cluster.data(), cluster.root.join("postgres.log"));
        cluster.run("pg_ctl", &["-D", path(&data), "-l", path(&log), "-o", &flags, "-w", "-t", "30", "start"]).await?;
        Ok(cluster)
    }

    /// Whether the cluster ran already, so that somebody else may be using it.
    pub fn joined(&self) -> bool {
        self.joined
    }

    /// A URL for the cluster's superuser, over the socket.
    pub fn url(&self, database: &str) -> String {
        let host: String = self.root.display().to_string().replace('/', "%2F");
        format!("postgres://techcorp@{host}/{database}")
    }

    /// Creates the database unless it exists.
    ///
    /// # Errors
    /// When the cluster refuses.
    pub async fn create_database(&self, name: &str) -> Result<(), StartError> {
        let refused = |error: sqlx::Error| {
            StartError::new(format!("cannot create database {name}: {error}"), "read postgres.log in the data folder")
        };
        use sqlx::Connection;
        let mut conn = sqlx::PgConnection::connect(&self.url("postgres")).await.map_err(refused)?;
        let exists: bool = sqlx::query_scalar("select exists (select from pg_database where datname = $1)")
            .bind(name)
            .fetch_one(&mut conn)
            .await
            .map_err(refused)?;
        if !exists {
            sqlx::raw_sql(sqlx::AssertSqlSafe(format!("create database \"{name}\"")))
                .execute(&mut conn)
                .await
                .map_err(refused)?;
        }
        Ok(())
    }

    /// Stops the cluster, ending open connections; everything committed is on disk.
    ///
    /// # Errors
    /// When it does not stop within 30 s.
    pub async fn stop(&self) -> Result<(), StartError> {
        self.run("pg_ctl", &["-D", path(&self.data()), "-m", "fast", "-w", "-t", "30", "stop"]).await
    }

    fn data(&self) -> PathBuf {
        self.root.join("data")
    }

    async fn check_version(&self) -> Result<(), StartError> {
        let Ok(found) = fs::read_to_string(self.data().join("PG_VERSION")) else { return Ok(()) };
        let installed = self.bin.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
        if found.trim() == installed {
            return Ok(());
        }
        Err(StartError::new(
            format!("{} holds data of PostgreSQL {}, the machine has {installed}", self.root.display(), found.trim()),
            format!("install PostgreSQL {}, or empty the data with `make reset`", found.trim()),
        ))
    }

    /// Runs a server program as the data's owner.
    async fn run(&self, program: &str, arguments: &[&str]) -> Result<(), StartError> {
        let program_path = self.bin.join(program);
        let mut command = match self.owner {
            None => Command::new(&program_path),
            Some((uid, gid)) => {
                let mut command = Command::new("setpriv");
                command
                    .args([&format!("--reuid={uid}"), &format!("--regid={gid}"), "--clear-groups"])
                    .arg(&program_path);
                command
            }
        };
        // A process group of its own: Ctrl-C must reach us first, so that services stop before their database.
        command.args(arguments).current_dir("/").stdin(Stdio::null()).process_group(0);
        // The server inherits the output of `pg_ctl start`: a pipe would stay open as long as it runs.
        let log = self.root.join("start.log");
        let file = fs::File::create(&log).map_err(|e| folder_error(&self.root, &e))?;
        let copy = file.try_clone().map_err(|e| folder_error(&self.root, &e))?;
        let status = command.stdout(file).stderr(copy).status().await.map_err(|error| {
            StartError::new(
                format!("cannot run {}: {error}", program_path.display()),
                "run `make up`, which installs what is missing",
            )
        })?;
        if status.success() {
            return Ok(());
        }
        let said = fs::read_to_string(&log).unwrap_or_default()
            + &fs::read_to_string(self.root.join("postgres.log")).unwrap_or_default();
        let last: Vec<&str> = said.lines().rev().take(5).collect();
        Err(StartError::new(
            format!("{program} failed: {}", last.into_iter().rev().collect::<Vec<_>>().join("\n    ")),
            remedy(&said),
        ))
    }
}

/// What to do about what a server program said.
fn remedy(said: &str) -> &'static str {
    if said.contains("No space left") {
        "free disk space, then start again"
    } else {
        "read postgres.log in the data folder; `make reset` starts empty"
    }
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_full_disk_has_a_remedy_of_its_own() {
        assert_eq!(remedy("could not write: No space left on device"), "free disk space, then start again");
        assert!(remedy("bad page").contains("postgres.log"));
    }

    /// As root this is a clone in root's own home, as anybody else a folder of one's own.
    #[tokio::test]
    async fn a_cluster_runs_below_a_folder_that_only_its_owner_can_enter() {
        let closed = tempfile::Builder::new().prefix("techcorp-closed-").tempdir().expect("a folder");
        fs::set_permissions(closed.path(), fs::Permissions::from_mode(0o700)).expect("closed");
        let folder = closed.path().join("data/postgres");
        let start = || Cluster::start(Options { data_dir: folder.clone(), durable: false, max_connections: 20 });
        let cluster = start().await.expect("it starts");
        cluster.create_database("kept").await.expect("it answers");
        cluster.stop().await.expect("it stops");
        let cluster = start().await.expect("it starts again");
        cluster.create_database("kept").await.expect("it has its data");
        cluster.stop().await.expect("it stops");
        let place = folder.canonicalize().expect("its place");
        if place.starts_with("/var/lib/techcorp") {
            fs::remove_dir_all(place).expect("deleted");
        }
    }
}

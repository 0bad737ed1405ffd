//! A private PostgreSQL cluster, started from the server binaries on the machine.

use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use tokio::process::Command;

use crate::StartError;

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

fn folder_error(root: &Path, error: &std::io::Error) -> StartError {
    let remedy = match error.kind() {
        ErrorKind::StorageFull => "free disk space, then start again",
        ErrorKind::PermissionDenied => "make the folder writable for your user",
        _ => "check the folder and its disk",
    };
    StartError::new(format!("cannot use the data folder {}: {error}", root.display()), remedy)
}

/// The newest server below the folder where Debian and Ubuntu put them, as `<version>/bin`.
fn newest_server(folder: &Path) -> Result<PathBuf, StartError> {
    let mut found: Vec<(u32, PathBuf)> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, bin): &(u32, PathBuf)| bin.join("initdb").exists())
        .collect();
    found.sort();
    found.pop().map(|(_, bin)| bin).ok_or_else(|| {
        StartError::new(
            format!("no PostgreSQL server on this machine (looked in {}/*/bin)", folder.display()),
            "run `scripts/setup`, or `apt-get install postgresql`, or set DATABASE_URL to a server of yours",
        )
    })
}

/// PostgreSQL refuses to run as root: as root, the user and group that its package made; otherwise nobody else.
fn unprivileged_owner() -> Result<Option<(u32, u32)>, StartError> {
    if fs::metadata("/proc/self").is_ok_and(|own| own.uid() != 0) {
        return Ok(None);
    }
    postgres_user(&fs::read_to_string("/etc/passwd").unwrap_or_default()).map(Some)
}

fn postgres_user(passwd: &str) -> Result<(u32, u32), StartError> {
    let entry = passwd.lines().find_map(|line| {
        let fields: Vec<&str> = line.split(':').collect();
        (fields.first() == Some(&"postgres"))
            .then(|| Some((fields.get(2)?.parse().ok()?, fields.get(3)?.parse().ok()?)))?
    });
    entry.ok_or_else(|| {
        StartError::new(
            "running as root, and there is no user `postgres` for the database to run as",
            "install PostgreSQL's package, or run as an ordinary user",
        )
    })
}

/// Whether a folder above lets nobody but its owner through, who is another user.
fn is_closed_to(root: &Path, uid: u32) -> bool {
    let closed =
        |parent: &Path| fs::metadata(parent).is_ok_and(|m| m.permissions().mode() & 0o001 == 0 && m.uid() != uid);
    root.ancestors().skip(1).any(closed)
}

/// A place that every user can enter, for a cluster whose folder is below one that they cannot, such as a clone in root's
/// home. The folder becomes a link to it, so that it is found again, and deleted with what it links to.
fn elsewhere(folder: &Path, root: &Path) -> Result<PathBuf, StartError> {
    let io = |error: std::io::Error| folder_error(folder, &error);
    let name: String = root.display().to_string().trim_matches('/').replace('/', "-");
    let place = Path::new("/var/lib/techcorp").join(name);
    fs::create_dir_all(&place).map_err(io)?;
    // Refuses to replace a folder that holds something.
    fs::remove_dir(folder).map_err(io)?;
    std::os::unix::fs::symlink(&place, folder).map_err(io)?;
    Ok(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_without_a_server_is_told_how_to_get_one() {
        let folder = std::env::temp_dir().join(format!("no-postgresql-{}", std::process::id()));
        let error = newest_server(&folder).expect_err("there is none").to_string();
        assert!(error.contains("no PostgreSQL server") && error.contains("scripts/setup"), "{error}");
    }

    #[test]
    fn root_without_the_databases_user_is_told_what_to_install() {
        let error = postgres_user("root:x:0:0:root:/root:/bin/bash\n").expect_err("there is none").to_string();
        assert!(error.contains("as root") && error.contains("ordinary user"), "{error}");
        assert_eq!(
            postgres_user("a:x:1:2::/:\npostgres:x:104:110:,,,:/var/lib/postgresql:/bin/bash").ok(),
            Some((104, 110))
        );
    }

    #[test]
    fn a_full_disk_is_told_apart_from_a_closed_folder() {
        let told = |kind: ErrorKind| folder_error(Path::new("data"), &std::io::Error::from(kind)).to_string();
        assert!(told(ErrorKind::StorageFull).contains("free disk space"));
        assert!(told(ErrorKind::PermissionDenied).contains("writable"));
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

//! The platform in many processes, on the servers that the environment names.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tempfile::TempDir;
use tokio::process::{Child, Command};

use crate::{Collector, Platform, data_dir, eventually, techcorp};

const SERVICES: [&str; 8] = ["auth", "users", "products", "inventory", "orders", "payments", "notifications", "search"];
/// Those with a second replica.
const REPLICATED: [&str; 3] = ["inventory", "orders", "payments"];

/// Each service a process of its own, some of them twice, and the gateway in front of the first ones.
pub struct Distributed {
    /// The gateway.
    pub platform: Platform,
    /// Where every process sends its traces.
    pub collector: Collector,
    first: Vec<Child>,
    second: Vec<Child>,
    database: String,
    server: String,
    _folder: TempDir,
}

fn server(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| {
        panic!("{name} is not set: `scripts/servers up`, then `source .data/servers/env`, gives this test its servers")
    })
}

impl Distributed {
    /// Starts everything on a database of its own. The ports are the gateway's with eight above it, and three for second replicas.
    ///
    /// # Panics
    /// When a server is not named in the environment, or something does not become ready.
    pub async fn start(ports: u16, second_ports: u16) -> Self {
        let (server, database) = (server("DATABASE_URL"), format!("techcorp_e2e_{}", std::process::id()));
        let mut owner = PgConnection::connect(&server).await.expect("the database server answers");
        let create = format!("create database {database}");
        sqlx::raw_sql(AssertSqlSafe(create)).execute(&mut owner).await.expect("a database");
        let (folder, collector) = (data_dir(), Collector::start().await);
        let world = World {
            folder: folder.path(),
            url: sibling(&server, &database),
            prefix: format!("e2e-{}-", std::process::id()),
            traces: collector.endpoint.clone(),
        };

        world.prepare().await;
        world.done(&["import", "demo"]).await;
        // Second replicas first, so that they are the ones that RabbitMQ serves.
        let mut second = Vec::new();
        for (service, port) in REPLICATED.iter().zip(second_ports..) {
            second.push(world.serve(service, port, ports).await);
        }
        let mut first = Vec::new();
        for (service, port) in SERVICES.iter().zip(ports + 1..) {
            first.push(world.serve(service, port, ports).await);
        }
        let shift = (ports - 4000).to_string();
        let (config, graph) = ("router-config/hive-router.yaml", "schema/supergraph.graphql");
        let out = folder.path().to_str().expect("a path");
        world.done(&["readdress", "--out", out, "--host", "127.0.0.1", "--shift", &shift, config, graph]).await;
        let binary = std::env::var_os("GATEWAY_BIN").unwrap_or_else(|| "gateway/target/debug/techcorp-gateway".into());
        let mut command = Command::new(binary);
        command
            .env("ROUTER_CONFIG_FILE_PATH", folder.path().join("hive-router.yaml"))
            .env("SUPERGRAPH_FILE_PATH", folder.path().join("supergraph.graphql"))
            .env("HOST", "127.0.0.1")
            .env("PORT", ports.to_string())
            .env("OTEL_EXPORTER_OTLP_ENDPOINT", &collector.endpoint)
            .env("TELEMETRY_TRACING_SAMPLING_RATE", "1");
        let platform = Platform::of(quiet(&mut command), ports);
        eventually("the gateway answers", async || platform.is_ready("/readiness").await.then_some(())).await;
        Self { platform, collector, first, second, database, server, _folder: folder }
    }

    /// Kills every second replica as a crash does.
    ///
    /// # Panics
    /// When one cannot be killed.
    pub async fn kill_second_replicas(&mut self) {
        for mut replica in self.second.drain(..) {
            replica.kill().await.expect("it is killed");
        }
    }

    /// Stops everything as an orchestrator does, and deletes the database.
    ///
    /// # Panics
    /// When a service does not end well.
    pub async fn stop(mut self) {
        self.platform.terminate().await;
        for child in self.first.iter_mut().chain(&mut self.second) {
            let id = child.id().expect("it still runs").to_string();
            Command::new("kill").args(["-TERM", &id]).status().await.expect("kill runs");
        }
        for child in self.first.iter_mut().chain(&mut self.second) {
            let ended = tokio::time::timeout(Duration::from_secs(30), child.wait()).await.expect("it ends in time");
            assert!(ended.expect("a status").success());
        }
        let mut owner = PgConnection::connect(&self.server).await.expect("the database server answers");
        let drop = format!("drop database {} with (force)", self.database);
        sqlx::raw_sql(AssertSqlSafe(drop)).execute(&mut owner).await.expect("it is deleted");
    }
}

struct World<'a> {
    folder: &'a Path,
    url: String,
    prefix: String,
    traces: String,
}

impl World<'_> {
    fn command(&self) -> Command {
        let mut command = techcorp(self.folder);
        command
            .env("DATABASE_URL", &self.url)
            .env("AMQP_URL", server("AMQP_URL"))
            .env("REDIS_URL", server("REDIS_URL"))
            .env("OPENSEARCH_URL", server("OPENSEARCH_URL"))
            .env("OPENSEARCH_PREFIX", &self.prefix)
            .env("OTEL_EXPORTER_OTLP_ENDPOINT", &self.traces)
            .env("APP_ENV", "staging");
        command
    }

    /// Migrates and makes the queues, in production, which takes the database and the broker and no secret of a service.
    async fn prepare(&self) {
        let mut command = self.command();
        command.env("APP_ENV", "production").env_remove("REDIS_URL").env_remove("OPENSEARCH_URL").arg("prepare");
        done(command).await;
    }

    /// Runs a command of the program to its good end.
    async fn done(&self, arguments: &[&str]) {
        let mut command = self.command();
        command.args(arguments);
        done(command).await;
    }

    /// Starts a service and waits until it is ready.
    async fn serve(&self, service: &str, port: u16, ports: u16) -> Child {
        let mut command = self.command();
        let keys = format!("http://127.0.0.1:{}/.well-known/jwks.json", ports + 1);
        command.args(["serve", service, "--port", &port.to_string()]).env("JWKS_URL", keys);
        let child = quiet(&mut command);
        let ready = format!("http://127.0.0.1:{port}/health/ready");
        eventually("a service is ready", async || {
            reqwest::get(&ready).await.is_ok_and(|answer| answer.status().is_success()).then_some(())
        })
        .await;
        child
    }
}

async fn done(mut command: Command) {
    let output = command.output().await.expect("it runs");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Starts it without its output, which nobody reads.
fn quiet(command: &mut Command) -> Child {
    command.stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true).spawn().expect("it starts")
}

/// The URL of another database on the same server.
fn sibling(url: &str, database: &str) -> String {
    let (server, _) = url.rsplit_once('/').expect("a URL with a database");
    format!("{server}/{database}")
}

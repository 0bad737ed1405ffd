//! L1: what this machine can do without the platform, measured in the same run.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use axum::Json;
use axum::routing::post;
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use tokio::net::TcpListener;
use tokio::process::Command;

use crate::meter::Cost;
use crate::outcome::{Outcome, Times};
use crate::platform::Platform;
use crate::wrk::{self, Kind, Request};

/// A database of its own beside the platform's, on the same server with the same settings.
const DATABASE: &str = "bench_limits";
/// Rows of pgbench's largest table, in hundreds of thousands.
const SCALE: &str = "5";
/// Clients of the commits: as many as shoppers of W1.
const WRITERS: &str = "8";
/// What pgbench's answers are kept for percentiles: one in ten.
const SAMPLED: &str = "0.1";

/// A handler that reads JSON and answers with JSON, and does nothing else: what the machine can send and receive.
///
/// # Errors
/// When there is no port, or no wrk.
pub async fn handler(seconds: u64, folder: &Path) -> Result<Outcome> {
    let listener = TcpListener::bind("127.0.0.1:0").await.context("no port")?;
    let url = format!("http://{}/graphql", listener.local_addr()?);
    let app = axum::Router::new()
        .route("/graphql", post(async |Json(question): Json<Value>| Json(json!({ "data": question["variables"] }))));
    let server = tokio::spawn(axum::serve(listener, app).into_future());
    // About as long as a page of a product.
    let variables = json!({ "slug": "x".repeat(1_500) });
    let body =
        json!({ "query": "query Product($slug: String!) { product(slug: $slug) { id } }", "variables": variables })
            .to_string();
    let expected = json!({ "data": variables }).to_string();
    let request = Request { kind: Kind::Exact, authorization: String::new(), body, expected };
    let load = wrk::load(&url, &[request], seconds, folder).await;
    server.abort();
    named("L1h", "bare handler", load?)
}

/// OpenSearch asked directly: words of titles, 24 hits, three facets, in one simple query.
///
/// # Errors
/// When it is away or answers wrongly.
pub async fn opensearch(platform: &Platform, seconds: u64, folder: &Path) -> Result<Option<Outcome>> {
    let Some(server) = &platform.opensearch_url else { return Ok(None) };
    let mut conn = platform.database().await?;
    let titles = "select p.title from products.product p join products.category c on c.id = p.category_id
        where p.status = 'ACTIVE' and c.slug like 'bench-%' order by md5(p.slug) limit 200";
    let titles: Vec<String> = sqlx::query_scalar(titles).fetch_all(&mut conn).await?;
    let facet = |field: &str| json!({ "terms": { "field": field, "size": 50 } });
    let request = |title: &String| {
        Request {
        kind: Kind::Contains,
        authorization: String::new(),
        body: json!({
            "query": { "multi_match": { "query": title, "operator": "or", "fields": ["title^8", "vendor^4", "tags^3", "categories^3"] } },
            "aggs": { "vendor": facet("vendor.exact"), "category": facet("categories.exact"), "tag": facet("tags.exact") },
            "size": 24, "track_total_hits": true, "_source": ["facts"],
        })
        .to_string(),
        expected: "\"timed_out\":false".to_owned(),
    }
    };
    let requests: Vec<Request> = titles.iter().map(request).collect();
    let url = format!("{}/techcorp-products/_search", server.trim_end_matches('/'));
    wrk::load(&url, &requests, 2, folder).await?;
    named("L1o", "OpenSearch, directly", wrk::load(&url, &requests, seconds, folder).await?).map(Some)
}

fn named(id: &str, what: &str, load: wrk::Load) -> Result<Outcome> {
    ensure!(load.outcome.errors == 0, "{id}: {} wrong answers; the first: {}", load.outcome.errors, load.example);
    Ok(Outcome { id: id.to_owned(), what: what.to_owned(), ..load.outcome })
}

/// pgbench on the platform's own server, in a database beside the platform's.
#[derive(Debug)]
pub struct Pgbench<'a> {
    url: String,
    folder: &'a Path,
}

impl<'a> Pgbench<'a> {
    /// Makes and fills the database.
    ///
    /// # Errors
    /// When pgbench is not there, or refused.
    pub async fn prepare(platform: &Platform, folder: &'a Path) -> Result<Self> {
        let mut conn = platform.database().await?;
        let exists: bool = sqlx::query_scalar("select exists (select from pg_database where datname = $1)")
            .bind(DATABASE)
            .fetch_one(&mut conn)
            .await?;
        let (server, _) = platform.database_url.rsplit_once('/').context("a database's URL without a name")?;
        let pgbench = Self { url: format!("{server}/{DATABASE}"), folder };
        if !exists {
            sqlx::query(AssertSqlSafe(format!("create database {DATABASE}"))).execute(&mut conn).await?;
            pgbench.run(&["--initialize", "--quiet", "--scale", SCALE], Duration::from_secs(120)).await?;
        }
        Ok(pgbench)
    }

    /// A row by its key, 16 clients.
    ///
    /// # Errors
    /// When pgbench fails.
    pub async fn select(&self, seconds: u64) -> Result<Outcome> {
        let load =
            ["--select-only", "--protocol", "prepared", "--client", "16", "--jobs", "2", "--sampling-rate", SAMPLED];
        self.load("L1s", "pgbench, select", seconds, &load).await
    }

    /// As many commits, with as many statements, as an order of W1 has, eight clients. What they write is about as long as what an
    /// order writes: a row, and a change of another.
    ///
    /// # Errors
    /// When pgbench fails.
    pub async fn commits(&self, seconds: u64, order: &Cost) -> Result<Outcome> {
        let script = self.folder.join("commits.sql");
        std::fs::write(&script, commits(order))?;
        let script = script.display().to_string();
        let load = ["--file", &script, "--protocol", "prepared", "--client", WRITERS, "--jobs", "2"];
        self.load("L1c", &format!("pgbench, {} commits", whole(order.writes)), seconds, &load).await
    }

    async fn load(&self, id: &str, what: &str, seconds: u64, options: &[&str]) -> Result<Outcome> {
        let (prefix, time) = (self.folder.join("pgbench"), seconds.to_string());
        self.forget_logs()?;
        let prefix = format!("--log-prefix={}", prefix.display());
        let mut all = vec!["--no-vacuum", "--time", &time, "--log", &prefix];
        all.extend(options);
        let told = self.run(&all, Duration::from_secs(seconds + 60)).await?;
        let mut times = Times::default();
        for log in self.logs()? {
            note(&std::fs::read_to_string(log)?, &mut times);
        }
        self.forget_logs()?;
        let (done, per_second) = read(&told).with_context(|| format!("pgbench has no result: {told}"))?;
        Ok(Outcome {
            id: id.to_owned(),
            what: what.to_owned(),
            operations: done,
            seconds: done as f64 / per_second,
            latency: times.latency(),
            ..Outcome::default()
        })
    }

    async fn run(&self, arguments: &[&str], limit: Duration) -> Result<String> {
        let mut command = Command::new("pgbench");
        command.args(arguments).arg(&self.url).current_dir(self.folder).stdin(Stdio::null()).kill_on_drop(true);
        let output = tokio::time::timeout(limit, command.output()).await.context("pgbench does not end")?;
        let output = output.context("cannot run pgbench, which PostgreSQL brings along")?;
        ensure!(output.status.success(), "pgbench failed: {}", String::from_utf8_lossy(&output.stderr));
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    fn logs(&self) -> Result<Vec<std::path::PathBuf>> {
        let files = std::fs::read_dir(self.folder)?.flatten().map(|entry| entry.path());
        Ok(files
            .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("pgbench.")))
            .collect())
    }

    fn forget_logs(&self) -> Result<()> {
        self.logs()?.iter().try_for_each(std::fs::remove_file)?;
        Ok(())
    }
}

fn whole(count: f64) -> u64 {
    (count.round() as u64).max(1)
}

/// The script of one order: its commits, each with its share of the statements, but two at least.
fn commits(order: &Cost) -> String {
    let (commits, statements) = (whole(order.writes), whole(order.statements));
    let reads = (statements / commits).saturating_sub(2);
    let mut script = String::from("\\set aid random(1, 100000 * :scale)\n\\set tid random(1, 10 * :scale)\n");
    for _ in 0..commits {
        script.push_str("begin;\n");
        for _ in 0..reads {
            script.push_str("select abalance from pgbench_accounts where aid = :aid;\n");
        }
        script.push_str("update pgbench_accounts set abalance = abalance + 1 where aid = :aid;\n");
        script.push_str("insert into pgbench_history (tid, bid, aid, delta, mtime, filler) values (:tid, 1, :aid, 1, now(), repeat('x', 22));\n");
        script.push_str("commit;\n");
    }
    script
}

/// How many transactions pgbench did, and how many in a second.
fn read(told: &str) -> Option<(u64, f64)> {
    let after = |what: &str| told.lines().find_map(|line| line.strip_prefix(what));
    let done = after("number of transactions actually processed: ")?.split(['/', ' ']).next()?.parse().ok()?;
    let per_second = after("tps = ")?.split(' ').next()?.parse().ok()?;
    Some((done, per_second))
}

/// The times of pgbench's log: client, number, microseconds, ….
fn note(log: &str, times: &mut Times) {
    let micros = log.lines().filter_map(|line| line.split(' ').nth(2)?.parse().ok());
    micros.for_each(|micros| times.note(Duration::from_micros(micros)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_pgbench_says_is_read() {
        let told = "transaction type: <builtin: select only>\nnumber of transactions actually processed: 24683\nlatency average = 0.647 ms\n\
            initial connection time = 21.7 ms\ntps = 12345.5 (without initial connection time)\n";
        assert_eq!(read(told), Some((24_683, 12_345.5)));
        assert_eq!(read("number of transactions actually processed: 7/7\ntps = 2.5 (…)"), Some((7, 2.5)));
        assert_eq!(read("pgbench: error: connection failed"), None);
    }

    #[test]
    fn its_log_has_the_times() {
        let mut times = Times::default();
        note("0 1 2000 0 1795657749 1\n1 1 4000 0 1795657749 2\nskipped\n", &mut times);
        assert_eq!(times.count(), 2);
        assert!((times.latency().p99 - 4.0).abs() < 0.01);
    }

    #[test]
    fn the_script_has_the_commits_and_statements_of_an_order() {
        let script = commits(&Cost { writes: 3.2, statements: 15.4, ..Cost::default() });
        let count = |what: &str| script.lines().filter(|line| line.starts_with(what)).count();
        assert_eq!((count("commit"), count("select"), count("update"), count("insert")), (3, 9, 3, 3));
        assert_eq!(commits(&Cost::default()).matches("commit;").count(), 1);
    }
}

//! The load tool `wrk`: of all it takes the least processor time per request, which counts where load and platform share a machine.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use tokio::process::Command;

use crate::outcome::{Latency, Outcome};

/// Connections at once, each in a thread of its own, so that every answer can be held against its request.
pub const CONNECTIONS: usize = 16;
/// What an answer has to be is decided there.
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/wrk/read.lua");
/// For the end of requests under way and of the tool, in seconds.
const GRACE: u64 = 30;

/// A request and what its answer must be; `wrk/read.lua` says what the kinds are.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// How the answer is judged.
    pub kind: Kind,
    /// The Authorization header; empty for none.
    pub authorization: String,
    /// The body.
    pub body: String,
    /// What the answer must be.
    pub expected: String,
}

/// How an answer is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// To the last byte.
    Exact,
    /// Has this in it.
    Contains,
}

/// What wrk says. Times are microseconds.
#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Told {
    requests: u64,
    micros: u64,
    p50: u64,
    p95: u64,
    p99: u64,
    /// Answers that were not the expected ones.
    wrong: u64,
    /// Requests without an answer.
    failed: u64,
}

/// What came of a load: the outcome, and the first wrong answer beside its request.
#[derive(Debug)]
pub struct Load {
    /// Without an id and a cost.
    pub outcome: Outcome,
    /// Empty when all were right.
    pub example: String,
}

/// Sends the requests in turn, over and over, for some seconds.
///
/// # Errors
/// When wrk is not there or has no result. Wrong answers are counted, and are no error.
pub async fn load(url: &str, requests: &[Request], seconds: u64, folder: &Path) -> Result<Load> {
    ensure!(!requests.is_empty(), "there is nothing to ask for: the data are too few");
    let (list, result) = (folder.join("requests.tsv"), folder.join("result.json"));
    std::fs::write(&list, lines(requests)?).context("cannot write the requests")?;
    let _missing = std::fs::remove_file(&result);
    let output = run(url, seconds, &list, &result).await?;
    ensure!(output.status.success(), "wrk failed: {}", String::from_utf8_lossy(&output.stderr));
    let told = std::fs::read_to_string(&result)
        .with_context(|| format!("wrk left no result: {}", String::from_utf8_lossy(&output.stdout)))?;
    read(&told)
}

async fn run(url: &str, seconds: u64, list: &Path, result: &PathBuf) -> Result<std::process::Output> {
    let count = CONNECTIONS.to_string();
    let running = Command::new("wrk")
        .args(["-t", &count, "-c", &count, "-d", &format!("{seconds}s"), "--timeout", "5s", "-s", SCRIPT, url, "--"])
        .arg(list)
        .env("BENCH_RESULT", result)
        .env("BENCH_THREADS", &count)
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output();
    let limit = std::time::Duration::from_secs(seconds + GRACE);
    tokio::time::timeout(limit, running)
        .await
        .context("wrk does not end")?
        .context("cannot run wrk: install the package wrk")
}

/// The file that the script reads.
fn lines(requests: &[Request]) -> Result<String> {
    let mut text = String::new();
    for Request { kind, authorization, body, expected } in requests {
        let kind = match kind {
            Kind::Exact => "exact",
            Kind::Contains => "contains",
        };
        for field in [authorization, body, expected] {
            ensure!(!field.contains(['\t', '\n']), "a tab or a line's end in {field}");
        }
        text.push_str(&format!("{kind}\t{authorization}\t{body}\t{expected}\n"));
    }
    Ok(text)
}

/// The script's result: a line of JSON, then the first wrong answer.
fn read(told: &str) -> Result<Load> {
    let (numbers, example) = told.split_once('\n').unwrap_or((told, ""));
    let told: Told = serde_json::from_str(numbers).context("wrk's result is no result")?;
    ensure!(told.requests > 0, "no answer at all");
    let millis = |micros: u64| micros as f64 / 1000.0;
    let outcome = Outcome {
        operations: told.requests,
        seconds: told.micros as f64 / 1e6,
        latency: Latency { p50: millis(told.p50), p95: millis(told.p95), p99: millis(told.p99) },
        errors: told.wrong + told.failed,
        ..Outcome::default()
    };
    Ok(Load { outcome, example: example.to_owned() })
}

#[cfg(test)]
#[path = "wrk_tests.rs"]
mod tests;

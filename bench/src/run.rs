//! A whole run: data, platform, one operation after the other.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use serde_json::json;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use crate::gateway;
use crate::limits::{self, Pgbench};
use crate::machine::Machine;
use crate::outcome::{Measured, Run};
use crate::place::{Mode, Place};
use crate::plan::Plan;
use crate::platform::{Platform, folder};
use crate::table::say;
use crate::{flash, following, orders, reads, searchable, shares, statements};

/// How long the index may take to be made.
const INDEX: Duration = Duration::from_secs(600);
/// How long it may take until everything that was begun has come to its end.
const SETTLED: Duration = Duration::from_secs(60);

/// Measures what the plan says on new data below the folder. What was started is stopped, whatever happens.
///
/// # Errors
/// When something cannot be measured at all. Wrong answers are problems of the run.
pub async fn run(place: &Place, plan: &Plan, data: &Path, stop: &CancellationToken) -> Result<Run> {
    let mut run = Run {
        machine: Machine::this(),
        mode: place.mode,
        quick: plan.quick,
        products: plan.products(),
        orders: plan.orders(),
        outcomes: Vec::new(),
        figures: BTreeMap::new(),
        problems: Vec::new(),
    };
    let (platform_data, scratch) = (folder(data, "platform")?, folder(data, "scratch")?);
    let done = measured(&mut run, place, plan, (&platform_data, &scratch), stop).await;
    let down = place.down(&platform_data).await;
    done?;
    down?;
    shares::note(&mut run);
    Ok(run)
}

async fn measured(
    run: &mut Run,
    place: &Place,
    plan: &Plan,
    (data, scratch): (&Path, &Path),
    stop: &CancellationToken,
) -> Result<()> {
    let stopped = || bail!("interrupted");
    say("→ First start, on no data");
    if place.mode == Mode::Distributed {
        stop.run_until_cancelled(place.servers(data, &["up"])).await.unwrap_or_else(stopped)?;
    }
    let platform = Platform::start(place, data, stop).await?;
    run.figure("B1 first start to first answer, s", platform.first_answer.as_secs_f64());
    let enabled = statements::enable(&platform.database_url).await;
    platform.stop().await?;
    enabled?;
    say(&format!("→ {} products, {} orders", plan.products(), plan.orders()));
    stop.run_until_cancelled(place.seed(data, plan.products(), plan.orders())).await.unwrap_or_else(stopped)?;
    // What starts the platform starts these, too; that is no part of its start.
    if place.mode == Mode::Distributed {
        stop.run_until_cancelled(place.servers(data, &["up"])).await.unwrap_or_else(stopped)?;
    }
    let platform = Platform::start(place, data, stop).await?;
    let done = stop.run_until_cancelled(work(run, place, plan, &platform, scratch)).await.unwrap_or_else(stopped);
    platform.stop().await?;
    done
}

async fn work(run: &mut Run, place: &Place, plan: &Plan, platform: &Platform, scratch: &Path) -> Result<()> {
    run.figure("B1 start to first answer, s", platform.first_answer.as_secs_f64());
    run.machine.add_servers(&mut platform.database().await?, place.mode == Mode::Distributed).await;
    let indexed = indexed(platform).await?;
    run.figure("B1 index of all products, s", indexed.as_secs_f64());
    at_rest(run, platform, plan.rest(), "at rest").await;

    if plan.has_any(&["L1", "Q1", "Q2", "Q3", "Q4"]) {
        say("→ L1, limits of reading");
        run.outcomes.push(limits::handler(plan.limit_seconds(), scratch).await?);
        run.outcomes.push(Pgbench::prepare(platform, scratch).await?.select(plan.limit_seconds()).await?);
    }
    if plan.has_any(&["L1", "Q3"]) {
        run.outcomes.extend(limits::opensearch(platform, plan.limit_seconds(), scratch).await?);
    }
    for (id, of) in [("Q1", "Q1"), ("Q2", "Q2"), ("Q3", "Q3"), ("Q3c", "Q3"), ("Q4", "Q4")] {
        if plan.has(of) {
            say(&format!("→ {id}"));
            run.add(id, reads::measure(id, platform, plan.effort(), scratch).await);
        }
    }
    if plan.has("W1") {
        say("→ W1");
        run.add("W1", orders::measure(platform, plan.seconds()).await);
        at_rest(run, platform, plan.rest(), "after W1").await;
    }
    if plan.has_any(&["L1", "W1", "W2"]) {
        say("→ L1, limit of writing");
        let order = run.cost_of("W1");
        run.outcomes.push(Pgbench::prepare(platform, scratch).await?.commits(plan.limit_seconds(), &order).await?);
    }
    if plan.has("W2") {
        say("→ W2");
        run.add("W2", flash::measure(platform, plan.rushes()).await);
    }
    if plan.has("S1") {
        say("→ S1");
        run.add("S1", following::measure(platform, plan.seconds()).await);
    }
    if plan.has("E1") {
        say("→ E1");
        run.add("E1", searchable::measure(platform, plan.changes()).await);
    }
    say("→ Whether the data fit together");
    if let Err(error) = settled(place, platform).await {
        run.problems.push(format!("{error:#}"));
    }
    Ok(())
}

/// Waits until the search knows every product.
async fn indexed(platform: &Platform) -> Result<Duration> {
    let sql = "select count(*) from products.product where status = 'ACTIVE'";
    let products: i64 = sqlx::query_scalar(sql).fetch_one(&mut platform.database().await?).await?;
    let (client, started) = (gateway::guest(&platform.gateway)?, Instant::now());
    let question = "{ productSearch(query: \"\", first: 1) { totalCount degraded } }";
    while started.elapsed() < INDEX {
        let found = client.ask(question, json!({})).await?["productSearch"].take();
        if found["totalCount"].as_i64() == Some(products) && found["degraded"] == false {
            return Ok(started.elapsed());
        }
        sleep(Duration::from_millis(50)).await;
    }
    bail!("the index is not made within ten minutes")
}

/// Memory, and work without anybody asking for anything.
async fn at_rest(run: &mut Run, platform: &Platform, seconds: u64, when: &str) {
    sleep(Duration::from_secs(seconds)).await;
    let memory = platform.roots.memory();
    run.figure(&format!("B1 memory {when}, platform, MB"), memory.platform);
    run.figure(&format!("B1 memory {when}, gateway, MB"), memory.gateway);
}

/// Waits until what the services hold fits together.
async fn settled(place: &Place, platform: &Platform) -> Result<()> {
    let started = Instant::now();
    loop {
        match place.check(&platform.database_url).await {
            Err(error) if started.elapsed() > SETTLED => return Err(error.context("a minute after the load")),
            Err(_) => sleep(Duration::from_secs(1)).await,
            Ok(()) => return Ok(()),
        }
    }
}

impl Run {
    /// Whether every answer was right.
    pub fn passed(&self) -> bool {
        self.problems.is_empty()
    }

    fn figure(&mut self, name: &str, value: f64) {
        self.figures.insert(name.to_owned(), value);
    }

    /// Takes in what was measured; what could not be is a problem, and the others are measured all the same.
    fn add(&mut self, id: &str, measured: Result<Measured>) {
        match measured {
            Ok(measured) => {
                self.outcomes.push(measured.outcome);
                self.figures.extend(measured.figures);
                self.problems.extend(measured.problems);
            }
            Err(error) => self.problems.push(format!("{id}: {error:#}")),
        }
    }

    fn cost_of(&self, id: &str) -> crate::meter::Cost {
        let outcome = self.outcomes.iter().find(|outcome| outcome.id == id);
        outcome.and_then(|outcome| outcome.cost).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shares::tests::{outcome, run};

    #[test]
    fn a_wrong_answer_fails_the_run_however_fast_it_was() {
        let mut run = run(Vec::new());
        run.add("Q1", Ok(Measured { outcome: outcome("Q1", 10, 1.0), ..Measured::default() }));
        assert!(run.passed());
        let problems = vec!["Q2: 1 wrong".to_owned()];
        run.add("Q2", Ok(Measured { outcome: outcome("Q2", 1_000_000, 1.0), problems, ..Measured::default() }));
        run.add("Q3", Ok(Measured { outcome: outcome("Q3", 10, 1.0), ..Measured::default() }));
        assert!(!run.passed());
        assert_eq!(run.outcomes.len(), 3);
    }

    #[test]
    fn what_cannot_be_measured_fails_the_run_and_the_others_are_measured() {
        let mut run = run(Vec::new());
        run.add("S1", Err(anyhow::anyhow!("no guest has an order")));
        run.add("Q3", Ok(Measured { outcome: outcome("Q3", 10, 1.0), ..Measured::default() }));
        assert_eq!(
            (run.passed(), run.outcomes.len(), run.problems),
            (false, 1, vec!["S1: no guest has an order".to_owned()])
        );
    }
}

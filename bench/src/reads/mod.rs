//! Q1 to Q4: questions of shoppers, each asked once and held against the database before it is asked under load.

mod history;
mod listing;
mod product;
mod search;

use std::path::Path;

use anyhow::{Context, Result};
use client::{Client, data};
use futures::{StreamExt, TryStreamExt, stream};
use serde_json::{Value, json};

use crate::gateway;
use crate::meter::Meter;
use crate::outcome::{Measured, Outcome};
use crate::platform::Platform;
use crate::wrk::{self, Kind, Request};

/// Of all accounts of the benchmark's data and of the demo.
pub const PASSWORD: &str = "demo-of-techcorp";
/// Who may change products.
pub const PRODUCT_MANAGER: &str = "product-manager@example.com";

/// Questions that are asked at once while they are held against the database.
const AT_ONCE: usize = 4;

/// How long, and how much.
#[derive(Debug, Clone, Copy)]
pub struct Effort {
    /// Seconds before the measured time in which the same is asked.
    pub warm_up: u64,
    /// Seconds that are measured.
    pub seconds: u64,
    /// Different questions, where their number is free.
    pub questions: usize,
}

/// A question, and what its answer must say.
struct Question {
    client: Client,
    body: String,
    truth: Truth,
}

/// Judges the `data` of the answer by what the database says.
type Truth = Box<dyn Fn(&Value) -> Result<()> + Send + Sync>;

impl Question {
    fn new(client: &Client, query: &str, variables: Value, truth: Truth) -> Self {
        Self { client: client.clone(), body: json!({ "query": query, "variables": variables }).to_string(), truth }
    }

    /// Asks once. What the database confirms must be answered again, to the last byte, as long as nobody changes it.
    async fn confirmed(self) -> Result<Request> {
        let answer = self.client.raw(&self.body).await?;
        let judged = data(&answer).map_err(Into::into).and_then(|data| (self.truth)(&data));
        judged.with_context(|| format!("a wrong answer: {answer}\n  for {}", self.body))?;
        Ok(Request { kind: Kind::Exact, authorization: self.client.authorization(), body: self.body, expected: answer })
    }
}

/// Measures one of them by its id. A wrong answer under load is a problem that is told.
///
/// # Errors
/// When an answer is wrong already before the load, or the load cannot be made.
pub async fn measure(id: &str, platform: &Platform, effort: Effort, folder: &Path) -> Result<Measured> {
    let guest = gateway::guest(&platform.gateway)?;
    let mut conn = platform.database().await?;
    let (what, requests) = match id {
        "Q1" => ("product by slug", confirmed(product::questions(&guest, &mut conn, effort.questions).await?).await?),
        "Q2" => ("category, pages of 24", listing::walk(&guest, &mut conn).await?),
        "Q3" => ("search, three facets", confirmed(search::questions(&guest, &mut conn).await?).await?),
        "Q3c" => {
            let asked = confirmed(search::questions(&guest, &mut conn).await?).await?;
            ("search, no cache", asked.into_iter().map(search::uncached).collect())
        }
        "Q4" => ("ten last orders", confirmed(history::questions(&guest, &mut conn).await?).await?),
        other => anyhow::bail!("there is no {other}"),
    };
    let url = format!("{}/graphql", platform.gateway);
    wrk::load(&url, &requests, effort.warm_up, folder).await?;
    let meter = Meter::start(platform).await?;
    let load = wrk::load(&url, &requests, effort.seconds, folder).await?;
    let mut outcome = Outcome { id: id.to_owned(), what: what.to_owned(), ..load.outcome };
    meter.stop(&mut outcome).await?;
    let mut problems = Vec::new();
    if outcome.errors > 0 {
        let (wrong, all, example) = (outcome.errors, outcome.operations, load.example);
        problems.push(format!("{id}: {wrong} of {all} answers were wrong or missing; the first wrong one: {example}"));
    }
    Ok(Measured { outcome, problems, figures: Vec::new() })
}

async fn confirmed(questions: Vec<Question>) -> Result<Vec<Request>> {
    stream::iter(questions).map(Question::confirmed).buffered(AT_ONCE).try_collect().await
}

/// The amount of the graph for minor units of a currency with two digits.
fn amount(minor: i64) -> String {
    format!("{}.{:02}", minor / 100, minor % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_has_two_digits() {
        assert_eq!((amount(1205).as_str(), amount(7).as_str(), amount(490).as_str()), ("12.05", "0.07", "4.90"));
    }
}

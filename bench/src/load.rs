//! Shoppers by the load library goose: it starts them, keeps them going and ends them. Times are noted here, because goose rounds those of
//! whole transactions to ten milliseconds and more.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow};
use client::{Stream, accepted, data, payload};
use futures::FutureExt;
use futures::future::BoxFuture;
use goose::GooseAttack;
use goose::config::GooseConfiguration;
use goose::goose::{GooseMethod, GooseRequest, GooseUser, Scenario, Transaction, TransactionFunction};
use serde_json::{Value, json};

use crate::outcome::{Latency, Measured, Outcome, Times};

/// What shoppers have seen; clones share it.
#[derive(Debug, Clone, Default)]
pub struct Board(Arc<Mutex<Seen>>);

#[derive(Debug, Default)]
struct Seen {
    times: Times,
    errors: u64,
    first_error: Option<String>,
}

impl Board {
    /// Notes what one of them went through, and how long it took.
    pub fn note(&self, result: Result<Duration>) {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match result {
            Ok(time) => seen.times.note(time),
            Err(error) => {
                seen.errors += 1;
                seen.first_error.get_or_insert(format!("{error:#}"));
            }
        }
    }

    /// What came of so many seconds. A failure is a problem, and so is it when not one succeeded.
    pub fn measured(&self, id: &str, what: &str, seconds: f64) -> Measured {
        let seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (operations, errors) = (seen.times.count(), seen.errors);
        let latency = if operations == 0 { Latency::default() } else { seen.times.latency() };
        let outcome = Outcome {
            id: id.to_owned(),
            what: what.to_owned(),
            operations,
            seconds,
            latency,
            errors,
            ..Outcome::default()
        };
        let mut problems = Vec::new();
        if let Some(first) = &seen.first_error {
            problems.push(format!("{id}: {errors} failed beside {operations} that did not; the first: {first}"));
        }
        if operations == 0 {
            problems.push(format!("{id}: not one succeeded"));
        }
        Measured { outcome, problems, figures: Vec::new() }
    }
}

/// When shoppers stop.
#[derive(Debug, Clone, Copy)]
pub enum Until {
    /// After so many seconds. What is under way then is not counted.
    Seconds(u64),
    /// After one turn each.
    Once,
}

/// Has so many shoppers take turns; answers how many seconds that went on.
///
/// # Errors
/// When goose does not run.
pub async fn shop<T>(gateway: &str, shoppers: usize, until: Until, turn: T) -> Result<f64>
where
    T: for<'a> Fn(Shopper<'a>) -> BoxFuture<'a, ()> + Send + Sync + 'static,
{
    let function: TransactionFunction = Arc::new(move |user| turn(Shopper(user)).map(Ok).boxed());
    let scenario = Scenario::new("shopper").register_transaction(Transaction::new(function));
    let attack = GooseAttack::initialize_with_config(configuration(gateway, shoppers, until))?;
    let started = Instant::now();
    let done = attack.register_scenario(scenario).execute().await;
    done.map_err(|error| anyhow!("goose does not run: {error}"))?;
    Ok(started.elapsed().as_secs_f64())
}

fn configuration(gateway: &str, shoppers: usize, until: Until) -> GooseConfiguration {
    let mut configuration = GooseConfiguration::default();
    configuration.host = Some(gateway.to_owned());
    configuration.users = Some(shoppers);
    // All of them at once.
    configuration.increase_rate = Some("1000".to_owned());
    configuration.no_metrics = true;
    configuration.no_print_metrics = true;
    configuration.no_telnet = true;
    configuration.no_gzip = true;
    configuration.quiet = 3;
    match until {
        Until::Seconds(seconds) => configuration.run_time = Some(seconds.to_string()),
        Until::Once => configuration.iterations = Some(1),
    }
    configuration
}

/// A shopper of goose who speaks GraphQL.
#[derive(Debug)]
pub struct Shopper<'a>(&'a mut GooseUser);

impl Shopper<'_> {
    /// Asks for a mutation with one `input`; answers with its payload.
    ///
    /// # Errors
    /// When there is no answer, or one with errors.
    pub async fn change(&mut self, query: &str, input: Value) -> Result<Value> {
        Ok(accepted(self.payload(query, input).await?)?)
    }

    /// The same with errors in the payload, which the caller judges.
    ///
    /// # Errors
    /// When there is no answer, or none of the graph.
    pub async fn payload(&mut self, query: &str, input: Value) -> Result<Value> {
        let body = json!({ "query": query, "variables": { "input": input } });
        let answer = self.0.post_graphql("/graphql", &body).await.map_err(|error| anyhow!("{error}"))?;
        Ok(payload(data(&answer.response?.text().await?)?)?)
    }

    /// Follows a subscription.
    ///
    /// # Errors
    /// When the gateway does not answer.
    pub async fn follow(&mut self, query: &str, variables: Value) -> Result<Stream> {
        let builder = self.0.get_request_builder(&GooseMethod::Post, "/graphql").map_err(|error| anyhow!("{error}"))?;
        let builder =
            builder.header("accept", "text/event-stream").json(&json!({ "query": query, "variables": variables }));
        let request = GooseRequest::builder().path("/graphql").set_request_builder(builder).build();
        let answer = self.0.request(request).await.map_err(|error| anyhow!("{error}"))?;
        Ok(Stream::new(answer.response?.error_for_status()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_failure_is_a_problem_and_so_is_no_success() {
        let board = Board::default();
        assert_eq!(board.measured("W1", "orders", 1.0).problems, ["W1: not one succeeded"]);
        board.note(Ok(Duration::from_millis(20)));
        let Measured { outcome, problems, .. } = board.measured("W1", "orders", 2.0);
        assert_eq!((outcome.operations, outcome.errors, problems.len()), (1, 0, 0));
        board.note(Err(anyhow!("no cart")));
        board.note(Err(anyhow!("another")));
        let Measured { outcome, problems, .. } = board.measured("W1", "orders", 2.0);
        assert_eq!(outcome.errors, 2);
        assert_eq!(problems, ["W1: 2 failed beside 1 that did not; the first: no cart"]);
    }
}

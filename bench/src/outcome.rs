//! What was measured.

use std::collections::BTreeMap;
use std::time::Duration;

use hdrhistogram::Histogram;
use serde::{Deserialize, Serialize};

use crate::machine::Machine;
use crate::meter::Cost;
use crate::place::Mode;
use crate::statements::Asked;

/// A whole run, as it is written to its file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Run {
    /// What it ran on, and what ran.
    pub machine: Machine,
    /// What the platform ran on.
    pub mode: Mode,
    /// Whether it was the short version.
    pub quick: bool,
    /// How many products there were.
    pub products: u64,
    /// How many orders there were at first.
    pub orders: u64,
    /// Operations, in the order in which they were measured.
    pub outcomes: Vec<Outcome>,
    /// Single figures; the end of a name is its unit.
    pub figures: BTreeMap<String, f64>,
    /// What went wrong: any of it makes the run a failed one.
    pub problems: Vec<String>,
}

/// An operation under load.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// `Q1`, `W1` ….
    pub id: String,
    /// What it is, in a few words.
    pub what: String,
    /// How often it was done.
    pub operations: u64,
    /// How long that went on.
    pub seconds: f64,
    /// How long one of them took.
    pub latency: Latency,
    /// Those that failed or were answered wrongly.
    pub errors: u64,
    /// What each cost, where that was counted.
    pub cost: Option<Cost>,
    /// The statements of one, most often first.
    #[serde(default)]
    pub asked: Vec<Asked>,
    /// What the machine could do at most.
    pub limit: Option<Limit>,
}

/// An operation that was measured, with what belongs to it.
#[derive(Debug, Clone, Default)]
pub struct Measured {
    /// Under load.
    pub outcome: Outcome,
    /// Single figures; the end of a name is its unit.
    pub figures: Vec<(String, f64)>,
    /// What went wrong.
    pub problems: Vec<String>,
}

/// Times in milliseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Latency {
    /// Half took no longer.
    pub p50: f64,
    /// 95 of 100.
    pub p95: f64,
    /// 99 of 100.
    pub p99: f64,
}

/// A measured limit of the same machine in the same run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Limit {
    /// The id of the limit among the outcomes, and how it was applied.
    pub name: String,
    /// Operations per second that it would allow.
    pub per_second: f64,
}

impl Outcome {
    /// Operations per second.
    pub fn per_second(&self) -> f64 {
        if self.seconds > 0.0 { self.operations as f64 / self.seconds } else { 0.0 }
    }

    /// The share of its limit that it reaches.
    pub fn ratio(&self) -> Option<f64> {
        let limit = self.limit.as_ref().filter(|limit| limit.per_second > 0.0)?;
        Some(self.per_second() / limit.per_second)
    }
}

/// Durations, to be read as percentiles.
#[derive(Debug, Clone)]
pub struct Times(Histogram<u64>);

impl Default for Times {
    fn default() -> Self {
        // A microsecond to ten minutes, to three digits; all constants are allowed ones.
        Self(Histogram::new_with_bounds(1, 600_000_000, 3).unwrap_or_else(|error| unreachable!("{error}")))
    }
}

impl Times {
    /// Notes one.
    pub fn note(&mut self, time: Duration) {
        self.0.saturating_record(u64::try_from(time.as_micros()).unwrap_or(u64::MAX).max(1));
    }

    /// How many were noted.
    pub fn count(&self) -> u64 {
        self.0.len()
    }

    /// Their percentiles.
    pub fn latency(&self) -> Latency {
        let at = |quantile| self.0.value_at_quantile(quantile) as f64 / 1000.0;
        Latency { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_of_what_was_noted() {
        let mut times = Times::default();
        for millis in 1..=100 {
            times.note(Duration::from_millis(millis));
        }
        let Latency { p50, p95, p99 } = times.latency();
        // Three digits are kept.
        for (told, exact) in [(p50, 50.0), (p95, 95.0), (p99, 99.0)] {
            assert!((told - exact).abs() < 0.1, "{told} for {exact}");
        }
        assert_eq!(times.count(), 100);
        assert_eq!(Times::default().latency(), Latency::default());
    }

    #[test]
    fn a_ratio_needs_a_limit() {
        let mut outcome = Outcome { operations: 500, seconds: 5.0, ..Outcome::default() };
        assert_eq!(outcome.ratio(), None);
        outcome.limit = Some(Limit { name: "L1".to_owned(), per_second: 400.0 });
        assert_eq!(outcome.ratio(), Some(0.25));
        outcome.limit = Some(Limit { name: "L1".to_owned(), per_second: 0.0 });
        assert_eq!(outcome.ratio(), None);
    }
}

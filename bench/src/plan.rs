//! What is measured, and how long.

use crate::reads::Effort;

/// What can be measured. L1 are the limits; B1 is measured in any case.
const ALL: [&str; 10] = ["B1", "L1", "Q1", "Q2", "Q3", "Q4", "W1", "W2", "S1", "E1"];

/// What shall not take longer when there is more.
const GROWING: [&str; 4] = ["Q1", "Q2", "Q4", "W1"];

/// What to measure.
#[derive(Debug, Clone, clap::Args)]
pub struct Plan {
    /// The short version, for daily use.
    #[arg(long)]
    pub quick: bool,
    /// Only these, and the limits that they are held against.
    #[arg(long, value_delimiter = ',', value_parser = known)]
    pub only: Vec<String>,
    /// How many products there are (10,000; in the short version 1,000).
    #[arg(long)]
    products: Option<u64>,
    /// How many orders there are at first (10,000; in the short version 2,000).
    #[arg(long)]
    orders: Option<u64>,
    /// How often W2 is repeated, each time with another product; its slowest run is shown (3; in the short version 1).
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    rushes: Option<u32>,
    /// How many seconds W1 and S1 take (30; in the short version 8).
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=3600))]
    seconds: Option<u64>,
}

fn known(id: &str) -> Result<String, String> {
    let wanted = id.trim().to_uppercase();
    if ALL.contains(&wanted.as_str()) { Ok(wanted) } else { Err(format!("there are {}", ALL.join(", "))) }
}

impl Plan {
    /// The same for what shall not take longer when there is more, with so much of it.
    pub fn of_size(&self, products: u64, orders: u64) -> Self {
        let only = if self.only.is_empty() { GROWING.map(str::to_owned).to_vec() } else { self.only.clone() };
        Self {
            quick: self.quick,
            only,
            products: Some(products),
            orders: Some(orders),
            rushes: self.rushes,
            seconds: self.seconds,
        }
    }

    /// Whether this is to be measured.
    pub fn has(&self, id: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == id)
    }

    /// Whether one of these is.
    pub fn has_any(&self, ids: &[&str]) -> bool {
        ids.iter().any(|id| self.has(id))
    }

    /// How many products there are.
    pub fn products(&self) -> u64 {
        self.products.unwrap_or(if self.quick { 1_000 } else { 10_000 })
    }

    /// How many orders there are at first.
    pub fn orders(&self) -> u64 {
        self.orders.unwrap_or(if self.quick { 2_000 } else { 10_000 })
    }

    /// How often W2 is repeated.
    pub fn rushes(&self) -> u32 {
        self.rushes.unwrap_or(if self.quick { 1 } else { 3 })
    }

    /// How long questions are asked.
    pub fn effort(&self) -> Effort {
        if self.quick {
            Effort { warm_up: 1, seconds: 5, questions: 100 }
        } else {
            Effort { warm_up: 5, seconds: 20, questions: 400 }
        }
    }

    /// Seconds of what is not asked but done.
    pub fn seconds(&self) -> u64 {
        self.seconds.unwrap_or(if self.quick { 8 } else { 30 })
    }

    /// Changes whose way into the search is followed.
    pub fn changes(&self) -> usize {
        if self.quick { 10 } else { 50 }
    }

    /// Seconds of a limit.
    pub fn limit_seconds(&self) -> u64 {
        if self.quick { 3 } else { 10 }
    }

    /// Seconds of rest before memory at rest is looked at.
    pub fn rest(&self) -> u64 {
        if self.quick { 5 } else { 15 }
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        plan: Plan,
    }

    fn plan(arguments: &[&str]) -> Result<Plan, clap::Error> {
        Line::try_parse_from(["bench"].iter().chain(arguments)).map(|line| line.plan)
    }

    #[test]
    fn everything_is_measured_unless_it_says_only() {
        let all = plan(&[]).expect("valid");
        assert!(ALL.iter().all(|id| all.has(id)));
        let some = plan(&["--only", "q1,W1"]).expect("valid");
        assert!(some.has("Q1") && some.has_any(&["S1", "W1"]) && !some.has("Q2"));
        assert!(plan(&["--only", "Q9"]).is_err());
    }

    #[test]
    fn the_short_version_is_shorter() {
        let (long, short) = (plan(&[]).expect("valid"), plan(&["--quick"]).expect("valid"));
        assert!(short.effort().seconds < long.effort().seconds && short.products() < long.products());
        let larger = short.of_size(70_000, 80_000);
        assert!(larger.quick && larger.has("Q2") && !larger.has("S1"));
        assert_eq!((larger.products(), larger.orders()), (70_000, 80_000));
        assert_eq!(plan(&["--quick", "--products", "5000"]).expect("valid").products(), 5_000);
    }

    #[test]
    fn a_rush_may_be_repeated_and_orders_may_come_for_longer_but_not_for_no_time() {
        let plan = |arguments: &[&str]| plan(arguments).map(|plan| (plan.rushes(), plan.seconds()));
        assert_eq!(plan(&["--quick"]).expect("valid"), (1, 8));
        assert_eq!(plan(&["--quick", "--rushes", "20", "--seconds", "600"]).expect("valid"), (20, 600));
        for bad in [["--rushes", "0"], ["--seconds", "0"], ["--seconds", "3601"], ["--seconds", "soon"]] {
            assert!(plan(&bad).is_err(), "{bad:?}");
        }
    }
}

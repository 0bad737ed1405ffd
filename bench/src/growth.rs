//! Whether what shall not take longer when there is more does not: the same with few data and with many.

use std::path::Path;

use anyhow::Result;
use tokio_util::sync::CancellationToken;

use crate::outcome::{Outcome, Run};
use crate::place::Place;
use crate::plan::Plan;
use crate::platform::folder;
use crate::run;
use crate::table::{aligned, number};

/// The small size.
const SMALL: Size = Size { products: 1_000, orders: 1_000 };

/// How much there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    products: u64,
    orders: u64,
}

impl Size {
    /// Reads `PRODUCTS,ORDERS`.
    ///
    /// # Errors
    /// When they are not two numbers.
    pub fn parse(text: &str) -> Result<Self, String> {
        let numbers =
            text.split_once(',').and_then(|(products, orders)| Some((products.parse().ok()?, orders.parse().ok()?)));
        numbers
            .map(|(products, orders)| Self { products, orders })
            .ok_or_else(|| "two numbers, for example 100000,100000".to_owned())
    }
}

/// Measures with few data, then with so many.
///
/// # Errors
/// When one of the runs cannot be made.
pub async fn run(place: &Place, plan: &Plan, data: &Path, large: Size, stop: &CancellationToken) -> Result<(Run, Run)> {
    let small = run::run(place, &plan.of_size(SMALL.products, SMALL.orders), &folder(data, "small")?, stop).await?;
    let large = run::run(place, &plan.of_size(large.products, large.orders), &folder(data, "large")?, stop).await?;
    Ok((small, large))
}

/// How many times as long, and as dear, an operation is with many data.
pub fn ratios(small: &Run, large: &Run) -> String {
    let mut rows = vec![["", "what", "few", "many", "times"].map(str::to_owned)];
    for many in &large.outcomes {
        // The limits do not know of the data.
        let few = small.outcomes.iter().find(|few| few.id == many.id && !few.id.starts_with('L'));
        for (what, then, now) in few.map(|few| pairs(few, many)).unwrap_or_default() {
            let times = if then > 0.0 { format!("{:.2}", now / then) } else { String::new() };
            rows.push([many.id.clone(), what.to_owned(), number(then), number(now), times]);
        }
    }
    let size = |run: &Run| format!("{} products and {} orders", run.products, run.orders);
    format!("{} against {}:\n\n{}", size(large), size(small), aligned(&rows))
}

/// What is compared.
fn pairs(few: &Outcome, many: &Outcome) -> Vec<(&'static str, f64, f64)> {
    let mut pairs = vec![
        ("p50 ms", few.latency.p50, many.latency.p50),
        ("p95 ms", few.latency.p95, many.latency.p95),
        ("p99 ms", few.latency.p99, many.latency.p99),
        ("per s", few.per_second(), many.per_second()),
    ];
    if let (Some(few), Some(many)) = (few.cost, many.cost) {
        pairs.push(("CPU ms", few.cpu.total() * 1000.0, many.cpu.total() * 1000.0));
        pairs.push(("SQL", few.statements, many.statements));
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::Machine;
    use crate::outcome::Latency;
    use crate::place::Mode;

    fn run(products: u64, outcomes: Vec<Outcome>) -> Run {
        Run {
            machine: Machine::default(),
            mode: Mode::Embedded,
            quick: true,
            products,
            orders: 10,
            outcomes,
            figures: Default::default(),
            problems: Vec::new(),
        }
    }

    #[test]
    fn a_size_is_two_numbers() {
        assert_eq!(Size::parse("100,20"), Ok(Size { products: 100, orders: 20 }));
        assert!(Size::parse("100").is_err() && Size::parse("a,b").is_err());
    }

    #[test]
    fn operations_are_held_against_each_other_and_limits_are_not() {
        let outcome = |id: &str, p50| Outcome {
            id: id.to_owned(),
            operations: 10,
            seconds: 1.0,
            latency: Latency { p50, p95: 3.0, p99: 4.0 },
            ..Outcome::default()
        };
        let text = ratios(
            &run(1_000, vec![outcome("L1h", 1.0), outcome("Q1", 2.0)]),
            &run(9_000, vec![outcome("L1h", 1.0), outcome("Q1", 3.0)]),
        );
        assert!(text.starts_with("9000 products and 10 orders against 1000 products"), "{text}");
        let line = text.lines().find(|line| line.contains("p50")).unwrap_or_default();
        assert!(line.starts_with("Q1") && line.ends_with("1.50"), "{text}");
        assert!(!text.contains("L1h"), "{text}");
    }
}

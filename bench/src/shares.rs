//! How near each operation comes to what the machine can do.

use crate::outcome::{Limit, Outcome, Run};

/// Holds each operation against its limit.
pub fn note(run: &mut Run) {
    let rate = |id: &str| run.outcomes.iter().find(|outcome| outcome.id == id).map(Outcome::per_second);
    let (handler, select, commits, opensearch) = (rate("L1h"), rate("L1s"), rate("L1c"), rate("L1o"));
    // Without W1 it is not known how many commits an order has.
    let commits = rate("W1").and(commits);
    let of =
        |name: &str, per_second: Option<f64>| per_second.map(|per_second| Limit { name: name.to_owned(), per_second });
    let mut shares = Vec::new();
    for outcome in &mut run.outcomes {
        outcome.limit = match outcome.id.as_str() {
            "Q3c" if opensearch.is_some() => of("L1o", opensearch),
            "Q1" | "Q2" | "Q3" | "Q3c" | "Q4" => of("L1h", handler),
            "W1" | "W2" => of("L1c", commits),
            _ => None,
        };
        if let (Some(select), Some(cost), true) = (select, outcome.cost, outcome.id.starts_with('Q')) {
            let share = outcome.per_second() * cost.statements / select;
            shares.push((format!("{} statements per second, of L1s", outcome.id), share));
        }
    }
    run.figures.extend(shares);
}

#[cfg(test)]
pub(crate) mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::machine::Machine;
    use crate::place::Mode;

    pub(crate) fn outcome(id: &str, operations: u64, statements: f64) -> Outcome {
        let cost = crate::meter::Cost { statements, ..Default::default() };
        Outcome { id: id.to_owned(), operations, seconds: 1.0, cost: Some(cost), ..Outcome::default() }
    }

    pub(crate) fn run(outcomes: Vec<Outcome>) -> Run {
        Run {
            machine: Machine::default(),
            mode: Mode::Embedded,
            quick: false,
            products: 1,
            orders: 1,
            outcomes,
            figures: BTreeMap::new(),
            problems: Vec::new(),
        }
    }

    #[test]
    fn operations_are_held_against_their_limits() {
        let mut run = run(vec![
            outcome("L1h", 1_000, 0.0),
            outcome("L1s", 500, 0.0),
            outcome("Q1", 100, 2.5),
            outcome("E1", 5, 0.0),
        ]);
        note(&mut run);
        assert_eq!(run.outcomes[2].ratio(), Some(0.1));
        assert_eq!(run.outcomes[3].ratio(), None);
        assert_eq!(run.figures["Q1 statements per second, of L1s"], 0.5);
    }

    #[test]
    fn the_limit_of_writing_is_one_of_orders_only_when_orders_were_counted() {
        let mut alone = run(vec![outcome("L1c", 1_000, 0.0), outcome("W2", 100, 0.0)]);
        note(&mut alone);
        assert_eq!(alone.outcomes[1].ratio(), None);
        let mut both = run(vec![outcome("W1", 50, 0.0), outcome("L1c", 200, 0.0), outcome("W2", 100, 0.0)]);
        note(&mut both);
        assert_eq!((both.outcomes[0].ratio(), both.outcomes[2].ratio()), (Some(0.25), Some(0.5)));
    }

    #[test]
    fn without_its_cache_search_is_held_against_the_server_of_the_index() {
        let mut run = run(vec![
            outcome("L1h", 1_000, 0.0),
            outcome("L1o", 200, 0.0),
            outcome("Q3", 100, 0.0),
            outcome("Q3c", 100, 0.0),
        ]);
        note(&mut run);
        assert_eq!((run.outcomes[2].ratio(), run.outcomes[3].ratio()), (Some(0.1), Some(0.5)));
    }
}

//! What changed since an earlier run.

use crate::outcome::{Outcome, Run};
use crate::table::{aligned, number};

/// A change of a twentieth is seen in two runs of the same program.
const NOISE: f64 = 0.05;

/// A table of what both runs have: earlier, now, and the change in percent. What differs between the machines is told first.
pub fn compared(before: &Run, now: &Run) -> String {
    let mut text = String::new();
    let machines = [&before.machine, &now.machine].map(|machine| (&machine.processor, machine.processors));
    if machines[0] != machines[1] {
        text.push_str("Another machine: the figures cannot be compared, only the shares of the limits.\n");
    }
    if (before.mode, before.quick, before.products, before.orders) != (now.mode, now.quick, now.products, now.orders) {
        text.push_str("Another mode, length or amount of data than then.\n");
    }
    let mut rows = vec![["", "what", "then", "now", "change"].map(str::to_owned)];
    for outcome in &now.outcomes {
        let Some(earlier) = before.outcomes.iter().find(|earlier| earlier.id == outcome.id) else { continue };
        for (what, then, now, more_is_better) in pairs(earlier, outcome) {
            rows.push([
                outcome.id.clone(),
                what.to_owned(),
                number(then),
                number(now),
                change(then, now, more_is_better),
            ]);
        }
    }
    for (name, now) in &now.figures {
        let Some(then) = before.figures.get(name) else { continue };
        let change = change(*then, *now, false);
        // Less time and memory are better; of the others it depends.
        let judged = [", s", ", MB"].iter().any(|unit| name.ends_with(unit));
        let change = if judged { change } else { change.split("  ").next().unwrap_or_default().to_owned() };
        rows.push([String::new(), name.clone(), number(*then), number(*now), change]);
    }
    text.push_str(&aligned(&rows));
    text
}

/// What is compared of an operation: its name, then, now, and whether more is better.
fn pairs(then: &Outcome, now: &Outcome) -> Vec<(&'static str, f64, f64, bool)> {
    let mut pairs = vec![
        ("per s", then.per_second(), now.per_second(), true),
        ("p50 ms", then.latency.p50, now.latency.p50, false),
        ("p99 ms", then.latency.p99, now.latency.p99, false),
    ];
    if let (Some(then), Some(now)) = (then.cost, now.cost) {
        pairs.push(("CPU ms", then.cpu.total() * 1000.0, now.cpu.total() * 1000.0, false));
        pairs.push(("SQL", then.statements, now.statements, false));
    }
    if let (Some(then), Some(now)) = (then.ratio(), now.ratio()) {
        pairs.push(("of limit", then, now, true));
    }
    pairs
}

/// The change in percent, with a word when it is larger than what two equal runs differ by.
fn change(then: f64, now: f64, more_is_better: bool) -> String {
    if then == 0.0 {
        return String::new();
    }
    let share = now / then - 1.0;
    let verdict = match share {
        same if same.abs() <= NOISE => "",
        more if (more > 0.0) == more_is_better => "  better",
        _ => "  worse",
    };
    format!("{:+.0} %{verdict}", share * 100.0)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::outcome::Latency;
    use crate::shares;

    fn run(id: &str, operations: u64, p50: f64, start: f64) -> Run {
        let latency = Latency { p50, p95: 9.0, p99: 10.0 };
        let outcome = Outcome { id: id.to_owned(), operations, seconds: 1.0, latency, ..Outcome::default() };
        let figures = BTreeMap::from([("B1 start, s".to_owned(), start), ("S1 orders".to_owned(), start)]);
        Run { figures, ..shares::tests::run(vec![outcome]) }
    }

    #[test]
    fn more_answers_are_better_and_longer_ones_worse() {
        let text = compared(&run("Q1", 100, 2.0, 1.0), &run("Q1", 150, 3.0, 1.01));
        let line = |what: &str| text.lines().find(|line| line.contains(what)).unwrap_or_default();
        assert!(line("per s").ends_with("+50 %  better"), "{text}");
        assert!(line("p50").ends_with("+50 %  worse"), "{text}");
        assert!(line("p99").ends_with("+0 %"), "{text}");
        assert!(line("B1 start, s").ends_with("+1 %"), "{text}");
    }

    #[test]
    fn only_time_and_memory_are_judged_among_single_figures() {
        let text = compared(&run("Q1", 100, 2.0, 1.0), &run("Q1", 100, 2.0, 2.0));
        let line = |what: &str| text.lines().find(|line| line.contains(what)).unwrap_or_default();
        assert!(line("B1 start, s").ends_with("+100 %  worse"), "{text}");
        assert!(line("S1 orders").ends_with("+100 %"), "{text}");
    }

    #[test]
    fn what_only_one_run_has_is_not_compared() {
        let text = compared(&run("Q1", 100, 2.0, 1.0), &run("Q2", 100, 2.0, 1.0));
        assert!(!text.contains("Q2") && !text.contains("Q1"), "{text}");
    }

    #[test]
    fn other_circumstances_are_told() {
        let mut other = run("Q1", 100, 2.0, 1.0);
        other.quick = true;
        other.machine.processors = 64;
        let text = compared(&run("Q1", 100, 2.0, 1.0), &other);
        assert!(text.starts_with("Another machine") && text.contains("Another mode, length"), "{text}");
    }

    #[test]
    fn nothing_then_is_no_change() {
        assert_eq!(change(0.0, 5.0, true), "");
    }
}

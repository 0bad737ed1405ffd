//! The table that people read.

use std::io::Write;

use crate::outcome::{Outcome, Run};

/// Writes a line to standard output. Who closed it wants no more.
pub fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _closed = writeln!(out, "{line}").and_then(|()| out.flush());
}

const HEAD: [&str; 11] =
    ["", "what", "count", "per s", "p50 ms", "p95 ms", "p99 ms", "errors", "CPU ms", "SQL", "of its limit"];

/// The operations with their limits, the single figures, and what went wrong.
pub fn render(run: &Run) -> String {
    let mut rows = vec![HEAD.map(str::to_owned)];
    rows.extend(run.outcomes.iter().map(row));
    let mut text = aligned(&rows);
    text.push_str("\nCPU ms and SQL statements are those of one operation: platform, gateway, database and servers, without the load tool.\n");
    if !run.figures.is_empty() {
        text.push('\n');
        let widest = run.figures.keys().map(String::len).max().unwrap_or_default();
        for (name, value) in &run.figures {
            text.push_str(&format!("{name:widest$}  {}\n", number(*value)));
        }
    }
    for problem in &run.problems {
        text.push_str(&format!("\nFAILED  {problem}\n"));
    }
    text
}

fn row(outcome: &Outcome) -> [String; 11] {
    let limited = |ratio: f64| {
        let name = outcome.limit.as_ref().map_or("", |limit| limit.name.as_str());
        format!("{ratio:.3} of {name}")
    };
    [
        outcome.id.clone(),
        outcome.what.clone(),
        outcome.operations.to_string(),
        number(outcome.per_second()),
        number(outcome.latency.p50),
        number(outcome.latency.p95),
        number(outcome.latency.p99),
        outcome.errors.to_string(),
        outcome.cost.map_or_else(String::new, |cost| number(cost.cpu.total() * 1000.0)),
        outcome.cost.map_or_else(String::new, |cost| format!("{:.1}", cost.statements)),
        outcome.ratio().map_or_else(String::new, limited),
    ]
}

/// Three digits that count.
pub fn number(value: f64) -> String {
    match value.abs() {
        large if large >= 100.0 => format!("{value:.0}"),
        some if some >= 10.0 => format!("{value:.1}"),
        few if few >= 1.0 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

/// The rows with columns of equal width: texts to the left, numbers to the right.
pub fn aligned<const N: usize>(rows: &[[String; N]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..N).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, width))| {
            let left = column < 2 || column + 1 == N;
            if left { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
        });
        text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meter::Cost;
    use crate::outcome::{Latency, Limit};
    use crate::processes::Cpu;

    #[test]
    fn a_row_says_what_was_measured_and_how_near_its_limit_it_is() {
        let outcome = Outcome {
            id: "Q1".to_owned(),
            what: "product".to_owned(),
            operations: 1000,
            seconds: 2.0,
            latency: Latency { p50: 1.234, p95: 12.34, p99: 123.4 },
            errors: 1,
            cost: Some(Cost {
                cpu: Cpu { platform: 0.001, gateway: 0.0005, ..Cpu::default() },
                statements: 4.0,
                ..Cost::default()
            }),
            limit: Some(Limit { name: "L1h".to_owned(), per_second: 5000.0 }),
            asked: Vec::new(),
        };
        let expected = ["Q1", "product", "1000", "500", "1.23", "12.3", "123", "1", "1.50", "4.0", "0.100 of L1h"];
        assert_eq!(row(&outcome), expected.map(str::to_owned));
    }

    #[test]
    fn columns_are_aligned() {
        let rows = [["", "name", "n", "end"], ["a", "b", "100", "c"]].map(|row| row.map(str::to_owned));
        assert_eq!(aligned(&rows), "   name    n  end\na  b     100  c\n");
    }
}

//! What a drill tells in the end.

use std::collections::BTreeSet;
use std::process::ExitCode;

use serde_json::json;

use super::board::{Board, Phase};
use super::check::Books;
use super::verdict::Verdict;
use crate::banner;

/// Prints what happened; the last line is one JSON object. Answers whether the drill was passed.
pub(super) fn print(board: &Board, books: &Books, all_answered: bool) -> ExitCode {
    let phases = board.phases();
    banner::line(
        "                answered degraded  refused   failed   orders finished  slowest refusal  recovered after",
    );
    for phase in &phases {
        banner::line(&line(phase));
        for (why, count) in &phase.why {
            banner::line(&format!("                  {count} x {why}"));
        }
    }
    banner::line(&format!("Orders ended: {:?}", board.ends()));
    for (what, count) in books.waiting.iter().filter(|(_, count)| **count > 0) {
        banner::line(&format!("Still waiting: {count} {what}"));
    }
    let open = board.open(usize::MAX);
    let lost: BTreeSet<_> = open.iter().chain(&books.not_over).collect();
    for order in lost.iter().take(10) {
        banner::line(&format!("Lost: order {order}"));
    }
    let failed = phases.iter().map(|phase| phase.failed + phase.refused).sum();
    let verdict = Verdict {
        lost: lost.len() as u64,
        doubled: books.overcharged + board.doubled_keys(),
        unpaid: books.undercharged,
        oversold: books.oversold,
        missing: books.missing,
        stuck: books.waiting.values().map(|count| count.unsigned_abs()).sum(),
        failed: all_answered.then_some(failed),
    };
    let mut told = verdict.json();
    told["orders"] = json!(board.orders().len());
    told["requests"] = json!(phases.iter().map(|p| p.answered + p.degraded + p.refused + p.failed).sum::<u64>());
    banner::line(&told.to_string());
    if verdict.is_good() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn line(phase: &Phase) -> String {
    let recovered = phase.recovered.map(|after| format!("{:.1} s", after.as_secs_f64())).unwrap_or_default();
    let slowest = match phase.slowest_refusal.as_millis() {
        0 => String::new(),
        took => format!("{took} ms"),
    };
    format!(
        "{:<14} {:>9} {:>8} {:>8} {:>8} {:>8} {:>8} {slowest:>16} {recovered:>16}",
        phase.name, phase.answered, phase.degraded, phase.refused, phase.failed, phase.accepted, phase.finished
    )
}

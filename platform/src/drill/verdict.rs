//! Whether a drill was passed.

use serde_json::{Value, json};

/// What must be nothing after a drill. Counts.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verdict {
    /// Accepted orders that vanished, or that the database or the graph do not show at their end.
    pub(super) lost: u64,
    /// Orders that were charged more than they cost, and idempotency keys that were answered with two orders.
    pub(super) doubled: u64,
    /// Confirmed orders that were charged less than they cost.
    pub(super) unpaid: u64,
    /// Units sold that were not taken out of the stock.
    pub(super) oversold: u64,
    /// Units taken out of the stock, or still set aside, that nobody bought.
    pub(super) missing: u64,
    /// Orders not at their end; events, messages, refunds and e-mails still waiting or given up.
    pub(super) stuck: u64,
    /// Requests that failed; counted only where none may.
    pub(super) failed: Option<u64>,
}

impl Verdict {
    /// Whether it was passed.
    pub(super) fn is_good(&self) -> bool {
        *self == Self { failed: self.failed.map(|_| 0), ..Self::default() }
    }

    /// The verdict as one JSON object.
    pub(super) fn json(&self) -> Value {
        let mut told = json!({ "lost": self.lost, "doubled": self.doubled, "unpaid": self.unpaid, "oversold": self.oversold,
            "missing": self.missing, "stuck": self.stuck });
        if let Some(failed) = self.failed {
            told["failed"] = failed.into();
        }
        told
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drill_is_passed_only_when_nothing_is_wrong() {
        assert!(Verdict::default().is_good());
        assert!(Verdict { failed: Some(0), ..Verdict::default() }.is_good());
        let wrong: [fn(&mut Verdict); 7] = [
            |v| v.lost = 1,
            |v| v.doubled = 1,
            |v| v.unpaid = 1,
            |v| v.oversold = 1,
            |v| v.missing = 1,
            |v| v.stuck = 1,
            |v| v.failed = Some(1),
        ];
        for make_wrong in wrong {
            let mut verdict = Verdict::default();
            make_wrong(&mut verdict);
            assert!(!verdict.is_good(), "{verdict:?}");
        }
    }

    #[test]
    fn failed_requests_are_told_only_where_they_count() {
        assert_eq!(Verdict::default().json().get("failed"), None);
        let verdict = Verdict { lost: 2, failed: Some(3), ..Verdict::default() };
        assert_eq!((&verdict.json()["lost"], &verdict.json()["failed"]), (&json!(2), &json!(3)));
    }
}

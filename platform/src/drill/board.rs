//! What the shoppers saw, by phase of the drill.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::answer::Answer;

/// The counts of one phase.
#[derive(Debug, Default, Clone)]
pub(super) struct Phase {
    pub(super) name: String,
    pub(super) answered: u64,
    pub(super) degraded: u64,
    pub(super) refused: u64,
    pub(super) failed: u64,
    /// The slowest of the refusals.
    pub(super) slowest_refusal: Duration,
    /// How often which code or error.
    pub(super) why: BTreeMap<String, u64>,
    /// Orders whose acceptance was heard in this phase.
    pub(super) accepted: u64,
    /// Those of them that have come to their end, whenever.
    pub(super) finished: u64,
    pub(super) recovered: Option<Duration>,
}

#[derive(Debug, Default)]
struct State {
    phases: Vec<Phase>,
    /// Accepted orders by id, with their phase.
    open: BTreeMap<String, usize>,
    done: BTreeSet<String>,
    ends: BTreeMap<String, u64>,
    /// The order that each idempotency key was answered with first.
    keys: BTreeMap<String, String>,
    /// Keys that were answered with two orders.
    doubled: BTreeSet<String>,
}

/// Shared by all shoppers.
#[derive(Debug, Default)]
pub(super) struct Board(Mutex<State>);

impl Board {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on everything belongs to this phase.
    pub(super) fn begin(&self, name: &str) {
        self.state().phases.push(Phase { name: name.to_owned(), ..Phase::default() });
    }

    /// The phase at hand is over what it was about.
    pub(super) fn recovered(&self, after: Duration) {
        if let Some(phase) = self.state().phases.last_mut() {
            phase.recovered = Some(after);
        }
    }

    pub(super) fn count(&self, answer: &Answer, took: Duration) {
        let mut state = self.state();
        let Some(phase) = state.phases.last_mut() else { return };
        match answer {
            Answer::Whole(_) => phase.answered += 1,
            Answer::Degraded(_) => phase.degraded += 1,
            Answer::Refused(why) => {
                phase.refused += 1;
                phase.slowest_refusal = phase.slowest_refusal.max(took);
                *phase.why.entry(why.clone()).or_default() += 1;
            }
            Answer::Failed(why) => {
                phase.failed += 1;
                *phase.why.entry(why.clone()).or_default() += 1;
            }
        }
    }

    /// The key was answered with the order.
    pub(super) fn accepted(&self, key: &str, order: &str) {
        let mut state = self.state();
        match state.keys.get(key) {
            Some(known) if known == order => return,
            Some(_) => {
                state.doubled.insert(key.to_owned());
            }
            None => {
                state.keys.insert(key.to_owned(), order.to_owned());
            }
        }
        let last = state.phases.len().saturating_sub(1);
        if let Some(phase) = state.phases.last_mut() {
            phase.accepted += 1;
        }
        state.open.insert(order.to_owned(), last);
    }

    /// The graph says that the order has come to its end.
    pub(super) fn finished(&self, order: &str, end: &str) {
        let mut state = self.state();
        let Some(of) = state.open.remove(order) else { return };
        if let Some(phase) = state.phases.get_mut(of) {
            phase.finished += 1;
        }
        state.done.insert(order.to_owned());
        *state.ends.entry(end.to_owned()).or_default() += 1;
    }

    /// Some orders that were accepted and have not ended as far as is known.
    pub(super) fn open(&self, most: usize) -> Vec<String> {
        self.state().open.keys().take(most).cloned().collect()
    }

    pub(super) fn is_done(&self, order: &str) -> bool {
        self.state().done.contains(order)
    }

    /// All orders that were accepted.
    pub(super) fn orders(&self) -> Vec<String> {
        let state = self.state();
        state.open.keys().chain(&state.done).cloned().collect()
    }

    pub(super) fn doubled_keys(&self) -> u64 {
        self.state().doubled.len() as u64
    }

    pub(super) fn phases(&self) -> Vec<Phase> {
        self.state().phases.clone()
    }

    /// How many orders ended in which way.
    pub(super) fn ends(&self) -> BTreeMap<String, u64> {
        self.state().ends.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_count_for_the_phase_of_their_acceptance_whenever_they_end() {
        let board = Board::default();
        board.begin("before");
        board.accepted("key", "order");
        board.begin("redis");
        board.accepted("key", "order");
        board.finished("order", "CONFIRMED");
        board.finished("order", "CONFIRMED");
        let phases = board.phases();
        assert_eq!((phases[0].accepted, phases[0].finished), (1, 1));
        assert_eq!((phases[1].accepted, phases[1].finished), (0, 0), "the same answer again is no other order");
        assert_eq!((board.open(9).len(), board.orders().len(), board.doubled_keys()), (0, 1, 0));
        assert_eq!(board.ends(), BTreeMap::from([("CONFIRMED".to_owned(), 1)]));
    }

    #[test]
    fn a_key_that_is_answered_with_two_orders_is_doubled() {
        let board = Board::default();
        board.begin("before");
        board.accepted("key", "one");
        board.accepted("key", "two");
        assert_eq!((board.doubled_keys(), board.orders().len()), (1, 2));
    }

    #[test]
    fn refusals_tell_why_and_how_slow_they_were() {
        let board = Board::default();
        board.begin("postgresql");
        for took in [30, 90, 60] {
            board.count(&Answer::Refused("UNAVAILABLE".to_owned()), Duration::from_millis(took));
        }
        board.count(&Answer::Failed("INTERNAL".to_owned()), Duration::from_secs(9));
        let phase = &board.phases()[0];
        assert_eq!((phase.refused, phase.failed, phase.slowest_refusal.as_millis()), (3, 1, 90));
        assert_eq!(phase.why["UNAVAILABLE"], 3);
    }
}

//! How long the steps of orders take, and how long the slowest has taken so far.

use kernel::Fault;
use metrics::{gauge, histogram};
use time::OffsetDateTime;

use super::App;
use crate::domain::{Saga, Status, StockStatus};
use crate::store::order_read;

/// A step of an order, as the label `step` names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// From checkout until inventory has set the goods aside, or not.
    Reserve,
    /// From then until the money is there, or not.
    Pay,
    /// From then until the goods are out of the stock.
    Commit,
}

/// All names of steps; the last is for orders that ended and wait until stock or money has gone back.
const STEPS: [&str; 4] = ["reserve", "pay", "commit", "undo"];

impl Step {
    /// The step that ends when an order goes from one state to the other.
    pub(super) fn ended(before: Saga, next: Saga) -> Option<Self> {
        match before.status {
            Status::Pending if next.status != Status::Pending => Some(Self::Reserve),
            Status::Reserved if next.status != Status::Reserved => Some(Self::Pay),
            _ if before.stock == StockStatus::Committing && next.stock != StockStatus::Committing => Some(Self::Commit),
            _ => None,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Reserve => "reserve",
            Self::Pay => "pay",
            Self::Commit => "commit",
        }
    }

    /// Tells how long it took, and whether it led on. When what it was told in is rolled back and done again, it is told again.
    pub(super) fn tell(self, began: OffsetDateTime, next: Saga, now: OffsetDateTime) {
        let led_on = match self {
            Self::Reserve => next.status == Status::Reserved,
            Self::Pay => next.status == Status::Confirmed,
            Self::Commit => next.stock == StockStatus::Committed,
        };
        let outcome = if led_on { "done" } else { "ended" };
        let took = histogram!("orders_step_duration_seconds", "step" => self.name(), "outcome" => outcome);
        took.record((now - began).as_seconds_f64().max(0.0));
    }
}

impl App {
    /// Tells, for each step, how long the order has waited that has waited longest for word of it.
    ///
    /// # Errors
    /// The database's.
    pub async fn tell_oldest(&self) -> Result<(), Fault> {
        let oldest = order_read::oldest_unfinished(&mut *self.pool.acquire().await?).await?;
        let now = self.clock.now();
        for step in STEPS {
            let since = oldest.iter().find(|(of, _)| of == step).map_or(now, |(_, since)| *since);
            gauge!("orders_step_oldest_seconds", "step" => step).set((now - since).as_seconds_f64().max(0.0));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Input, PaymentStatus};

    #[test]
    fn each_step_ends_once_on_the_way_of_an_order() {
        let mut saga = Saga::PLACED;
        let mut ended = Vec::new();
        for input in [Input::StockReserved, Input::PaymentAuthorised, Input::PaymentCaptured, Input::StockCommitted] {
            let next = saga.hear(&input).unwrap().next;
            ended.push(Step::ended(saga, next));
            saga = next;
        }
        assert_eq!(ended, [Some(Step::Reserve), None, Some(Step::Pay), Some(Step::Commit)]);
        assert_eq!(saga.payment, PaymentStatus::Paid);
    }

    #[test]
    fn a_step_also_ends_when_it_leads_to_nothing() {
        let ends = |saga: Saga, input: Input| Step::ended(saga, saga.hear(&input).unwrap().next);
        assert_eq!(ends(Saga::PLACED, Input::StockRejected), Some(Step::Reserve));
        let reserved = Saga::PLACED.hear(&Input::StockReserved).unwrap().next;
        assert_eq!(ends(reserved, Input::DeadlinePassed), Some(Step::Pay));
    }
}

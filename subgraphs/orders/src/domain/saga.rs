//! What an order does next: a pure function of where it is and of what it hears.

use super::{PaymentStatus as Payment, Saga, Status, StockStatus as Stock};

/// Something that an order hears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Inventory has set every line aside.
    StockReserved,
    /// Inventory lacks stock for some lines.
    StockRejected,
    /// The stock is available again, because it was asked for.
    StockReleased,
    /// The stock is available again, because the reservation's life was over.
    StockExpired,
    /// The stock is taken out for good.
    StockCommitted,
    /// The stock could not be taken out: the reservation had expired and it is gone.
    CommitRefused,
    /// The shopper must act.
    PaymentActionRequired,
    /// The money is set aside.
    PaymentAuthorised,
    /// The money is ours.
    PaymentCaptured,
    /// The payment was refused, for this reason.
    PaymentFailed(String),
    /// The payment is undone, nothing was charged.
    PaymentVoided,
    /// Everything is given back.
    PaymentRefunded,
    /// Money that should be given back was not, for this reason.
    RefundFailed(String),
    /// A person cancels, for this reason.
    Cancelled(String),
    /// The step at hand took too long.
    DeadlinePassed,
}

/// What the order asks of others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// Payments: charge.
    Pay,
    /// Payments: undo, however far it is.
    Undo,
    /// Inventory: make the reserved stock available again.
    Release,
    /// Inventory: take the reserved stock out for good.
    Commit,
    /// Inventory: put the stock back.
    Restock,
}

/// What the order tells everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tell {
    /// It will be delivered.
    Confirmed,
    /// Stock was lacking.
    Rejected,
    /// It will not be delivered.
    Cancelled,
    /// Something else changed.
    Updated,
}

/// An entry of the order's timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Name of what happened, for programs.
    pub kind: &'static str,
    /// What happened, for people.
    pub message: String,
}

/// What follows from an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Where the order is now.
    pub next: Saga,
    /// What it asks of others.
    pub asks: Vec<Ask>,
    /// What it tells everybody.
    pub tell: Tell,
    /// Why it ended, when it ended for a reason.
    pub reason: Option<String>,
    /// What happened.
    pub entry: Entry,
}

impl Saga {
    /// What follows from the input; `None` when it changes nothing, as with anything that is heard a second time.
    ///
    /// Stock comes before money, always: nothing is charged before every line is set aside. Whatever is heard after the
    /// order has ended is undone.
    pub fn hear(self, input: &Input) -> Option<Step> {
        let said = |kind: &'static str, message: &str| Entry { kind, message: message.to_owned() };
        let step = |next: Saga, asks: &[Ask], tell: Tell, entry: Entry| {
            Some(Step { next, asks: asks.to_vec(), tell, reason: None, entry })
        };
        let updated = |next: Saga, entry: Entry| step(next, &[], Tell::Updated, entry);
        match (self.status, input) {
            (Status::Pending, Input::StockReserved) => step(
                Saga { status: Status::Reserved, payment: Payment::Requested, stock: Stock::Reserved },
                &[Ask::Pay],
                Tell::Updated,
                said("STOCK_RESERVED", "The goods are set aside; the payment is under way."),
            ),
            (Status::Pending, Input::StockRejected) => {
                let next = Saga { status: Status::Rejected, stock: Stock::Refused, ..self };
                let reason = "Some of the goods are no longer in stock. Nothing was charged.";
                let mut step = step(next, &[], Tell::Rejected, said("STOCK_REJECTED", reason))?;
                step.reason = Some(reason.to_owned());
                Some(step)
            }
            (Status::Pending | Status::Reserved | Status::Confirmed, Input::Cancelled(reason)) => {
                self.end(reason, "CANCELLED")
            }
            (Status::Pending, Input::DeadlinePassed) => {
                self.end("The goods could not be set aside in time. Nothing was charged.", "RESERVATION_TIMED_OUT")
            }
            (Status::Reserved, Input::DeadlinePassed) => {
                self.end("The payment was not completed in time.", "PAYMENT_TIMED_OUT")
            }
            (Status::Reserved, Input::StockExpired) => {
                let ended = Saga { stock: Stock::Released, ..self };
                ended.end("The payment was not completed while the goods were set aside.", "RESERVATION_EXPIRED")
            }
            (Status::Reserved, Input::PaymentFailed(reason)) => {
                Saga { payment: Payment::Failed, ..self }.end(reason, "PAYMENT_FAILED")
            }
            (Status::Reserved, Input::PaymentActionRequired) if self.payment == Payment::Requested => updated(
                Saga { payment: Payment::ActionRequired, ..self },
                said("PAYMENT_ACTION_REQUIRED", "The payment has to be confirmed by the shopper."),
            ),
            (Status::Reserved, Input::PaymentAuthorised) if self.payment != Payment::Authorised => updated(
                Saga { payment: Payment::Authorised, ..self },
                said("PAYMENT_AUTHORISED", "The money is set aside."),
            ),
            (Status::Reserved, Input::PaymentCaptured) => step(
                Saga { status: Status::Confirmed, payment: Payment::Paid, stock: Stock::Committing },
                &[Ask::Commit],
                Tell::Confirmed,
                said("PAYMENT_CAPTURED", "The order is paid and confirmed."),
            ),
            (Status::Confirmed, Input::StockCommitted) if self.stock == Stock::Committing => updated(
                Saga { stock: Stock::Committed, ..self },
                said("STOCK_COMMITTED", "The goods have left the stock for this order."),
            ),
            (Status::Confirmed, Input::CommitRefused) => {
                let ended = Saga { stock: Stock::Released, ..self };
                ended.end("The payment came too late and the goods are gone. The money is given back.", "STOCK_LOST")
            }
            (Status::Cancelled, Input::StockReleased | Input::StockExpired) if self.stock == Stock::Releasing => {
                updated(
                    Saga { stock: Stock::Released, ..self },
                    said("STOCK_RELEASED", "The goods are available again."),
                )
            }
            (Status::Rejected | Status::Cancelled, Input::PaymentAuthorised | Input::PaymentCaptured)
                if self.payment != Payment::Undoing
                    && self.payment != Payment::Refunded
                    && self.payment != Payment::Voided =>
            {
                step(
                    Saga { payment: Payment::Undoing, ..self },
                    &[Ask::Undo],
                    Tell::Updated,
                    said("PAYMENT_LATE", "The payment came too late and is undone."),
                )
            }
            (_, Input::PaymentVoided | Input::PaymentFailed(_)) if self.payment == Payment::Undoing => updated(
                Saga { payment: Payment::Voided, ..self },
                said("PAYMENT_VOIDED", "The payment is undone; nothing was charged."),
            ),
            (_, Input::PaymentRefunded) if self.payment == Payment::Undoing || self.payment == Payment::Paid => {
                updated(
                    Saga { payment: Payment::Refunded, ..self },
                    said("PAYMENT_REFUNDED", "The money is given back."),
                )
            }
            (_, Input::RefundFailed(reason)) => {
                updated(self, Entry { kind: "REFUND_FAILED", message: format!("Money was not given back: {reason}") })
            }
            _ => None,
        }
    }

    /// Ends the order, and undoes what was done for it.
    fn end(self, reason: &str, kind: &'static str) -> Option<Step> {
        let mut asks = Vec::new();
        let stock = match self.stock {
            Stock::Requested | Stock::Reserved | Stock::Releasing => {
                asks.push(Ask::Release);
                Stock::Releasing
            }
            // Inventory takes requests of an order in order: the commit under way is done before the goods are put back.
            Stock::Committing | Stock::Committed => {
                asks.push(Ask::Restock);
                Stock::Returning
            }
            over @ (Stock::Released | Stock::Returning | Stock::Refused) => over,
        };
        let payment = match self.payment {
            Payment::Requested | Payment::ActionRequired | Payment::Authorised | Payment::Paid => {
                asks.push(Ask::Undo);
                Payment::Undoing
            }
            over => over,
        };
        Some(Step {
            next: Saga { status: Status::Cancelled, payment, stock },
            asks,
            tell: Tell::Cancelled,
            reason: Some(reason.to_owned()),
            entry: Entry { kind, message: reason.to_owned() },
        })
    }
}

#[cfg(test)]
#[path = "saga_tests.rs"]
mod tests;

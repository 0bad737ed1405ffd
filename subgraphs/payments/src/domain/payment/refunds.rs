use kernel::{Money, RefundId};

use super::{Notice, Payment};
use crate::domain::{Decline, RefundOrigin, Status};

/// Why nothing can be given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// Nothing was charged, or not yet.
    NotCaptured,
    /// More than what is left, which is this.
    TooLarge(Money),
    /// Not the payment's currency, or nothing at all.
    NoAmount,
}

impl Payment {
    /// What is left to be given back.
    pub fn refundable(&self) -> Money {
        Money { minor: self.captured - self.refunded - self.refunding, currency: self.amount.currency }
    }

    /// Promises the amount to a refund.
    ///
    /// # Errors
    /// Why it cannot be given back; then nothing is promised.
    pub fn promise(&mut self, amount: Money) -> Result<(), Refused> {
        let left = self.refundable();
        if !self.status.is_charged() {
            return Err(Refused::NotCaptured);
        }
        if amount.currency != left.currency || amount.minor <= 0 {
            return Err(Refused::NoAmount);
        }
        if amount.minor > left.minor {
            return Err(Refused::TooLarge(left));
        }
        self.refunding += amount.minor;
        Ok(())
    }

    /// Takes in that the provider gave back what was promised.
    pub fn refund_succeeded(&mut self, id: RefundId, minor: i64) -> Notice {
        self.refunding -= minor;
        self.refunded += minor;
        self.status = if self.refunded == self.captured { Status::Refunded } else { Status::PartiallyRefunded };
        Notice::Refunded(id, minor)
    }

    /// Takes in that the provider refused to give back what was promised. If the whole payment is being undone, what another had
    /// asked for is now part of that; a refusal of the undoing itself is for somebody to look at.
    pub fn refund_refused(&mut self, id: RefundId, minor: i64, why: Decline, origin: RefundOrigin) -> Vec<Notice> {
        let mut notices = vec![Notice::RefundFailed(id, why)];
        if self.undo && origin != RefundOrigin::Undo {
            notices.push(Notice::GiveBack(minor));
        } else {
            self.refunding -= minor;
        }
        notices
    }

    /// Promises everything that is left.
    pub(super) fn give_back_rest(&mut self) -> Vec<Notice> {
        let left = self.refundable().minor;
        if left > 0 {
            self.refunding += left;
            return vec![Notice::GiveBack(left)];
        }
        // Nothing was to be paid, so nothing goes back.
        if self.captured == 0 { self.void() } else { Vec::new() }
    }
}

mod access;
mod answers;
mod refunds;
#[cfg(test)]
mod tests;

use kernel::{Money, OrderId, PaymentId, RefundId, UserId};
use time::{Duration, OffsetDateTime};

use super::{Decline, Status, backoff};

pub use refunds::Refused;

/// How often the provider is asked about a payment that waits, in case its webhook was lost.
const ASK_EVERY: Duration = Duration::seconds(30);

/// The payment of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// Its id.
    pub id: PaymentId,
    /// The order that it pays.
    pub order_id: OrderId,
    /// Who pays; none for a guest.
    pub user_id: Option<UserId>,
    /// Name of the provider.
    pub provider: String,
    /// What is to be charged.
    pub amount: Money,
    /// What the provider has set aside, in minor units.
    pub authorised: i64,
    /// What was charged, in minor units.
    pub captured: i64,
    /// What was given back, in minor units.
    pub refunded: i64,
    /// What is promised to refunds that are not decided, in minor units.
    pub refunding: i64,
    /// Where it is in its life.
    pub status: Status,
    /// The provider's name for it.
    pub reference: Option<String>,
    /// Where the shopper does what is required.
    pub action_url: Option<String>,
    /// Why it failed.
    pub failure: Option<Decline>,
    /// It must be undone, however far it is.
    pub undo: bool,
    /// It has ended here, but the provider may still hold money for it.
    pub loose: bool,
    /// When a call that begins it may last have been made.
    pub begun_at: Option<OffsetDateTime>,
    /// Calls in a row that found the provider away.
    pub attempts: u32,
    /// Later than this nothing may be charged.
    pub pay_by: OffsetDateTime,
    /// Grows by one with every change.
    pub version: i64,
    /// When it was asked for.
    pub created_at: OffsetDateTime,
    /// When it last changed.
    pub updated_at: OffsetDateTime,
}

/// What has to be done for a payment next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Let the provider set the money aside.
    Authorise,
    /// Take the money that is set aside.
    Capture,
    /// Ask the provider how it stands.
    Ask,
    /// Let the provider give free what it may hold.
    Cancel,
    /// End it; no provider knows of it.
    Drop,
    /// Nothing.
    Rest,
}

/// What a change of a payment has to be followed by, in the same transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// The money is set aside.
    Authorised,
    /// The money is ours: book it.
    Captured,
    /// It failed, and nothing was charged.
    Failed(Decline),
    /// The shopper must do something there.
    ActionRequired(String),
    /// It is undone before anything was charged.
    Voided,
    /// This much must be given back to undo the payment.
    GiveBack(i64),
    /// This much was given back: book it.
    Refunded(RefundId, i64),
    /// The provider did not give it back.
    RefundFailed(RefundId, Decline),
}

impl Payment {
    /// What has to be done next.
    pub fn step(&self, now: OffsetDateTime) -> Step {
        let ends = self.undo || now >= self.pay_by;
        match self.status {
            status if status.is_open() && ends => self.begun_at.map_or(Step::Drop, |_| Step::Cancel),
            Status::Requested => Step::Authorise,
            Status::Authorised => Step::Capture,
            Status::ActionRequired | Status::Pending => Step::Ask,
            Status::Failed | Status::Voided if self.loose => Step::Cancel,
            _ => Step::Rest,
        }
    }

    /// When the next step is due; none: there is none.
    pub fn due(&self, now: OffsetDateTime, chance: u128) -> Option<OffsetDateTime> {
        let wait = match self.step(now) {
            Step::Rest => return None,
            _ if self.attempts > 0 => backoff(self.attempts, chance),
            Step::Ask => ASK_EVERY,
            _ => Duration::ZERO,
        };
        // Its end is not put off by a wait.
        let punctual = self.status.is_open() && now < self.pay_by;
        Some(if punctual { (now + wait).min(self.pay_by) } else { now + wait })
    }

    /// Asks for the payment to be undone, however far it is. Asking twice is asking once.
    pub fn undo(&mut self) -> Vec<Notice> {
        if self.undo {
            return Vec::new();
        }
        self.undo = true;
        self.attempts = 0;
        if self.status == Status::Requested && self.begun_at.is_none() {
            return self.void();
        }
        if self.status.is_charged() { self.give_back_rest() } else { Vec::new() }
    }

    /// Nothing is to be paid, so it is paid: no provider takes part.
    pub fn settle_free(&mut self) -> Vec<Notice> {
        self.status = Status::Captured;
        vec![Notice::Authorised, Notice::Captured]
    }

    /// Ends a payment that cannot begin.
    pub fn refuse(&mut self, why: Decline) -> Vec<Notice> {
        if self.status.is_open() { self.fail(why) } else { Vec::new() }
    }

    /// Ends a payment that no provider knows of.
    pub fn drop_unbegun(&mut self, now: OffsetDateTime) -> Vec<Notice> {
        let why = self.lapse(now);
        if self.status.is_open() { self.end(why) } else { Vec::new() }
    }

    fn end(&mut self, why: Decline) -> Vec<Notice> {
        if self.undo { self.void() } else { self.fail(why) }
    }

    fn fail(&mut self, why: Decline) -> Vec<Notice> {
        self.status = Status::Failed;
        self.action_url = None;
        self.failure = Some(why.clone());
        vec![Notice::Failed(why)]
    }

    fn void(&mut self) -> Vec<Notice> {
        self.status = Status::Voided;
        self.action_url = None;
        vec![Notice::Voided]
    }

    /// Why it ends without having been refused.
    fn lapse(&self, now: OffsetDateTime) -> Decline {
        let waited_for_us = matches!(self.status, Status::Requested | Status::Authorised);
        if now >= self.pay_by {
            return if waited_for_us && self.attempts > 0 { away() } else { expired() };
        }
        Decline::new("cancelled", "The payment was cancelled by the payment provider.")
    }
}

fn expired() -> Decline {
    Decline::new("expired", "The time to pay is over.")
}

fn away() -> Decline {
    Decline::new("provider_unavailable", "The payment provider did not answer in time. Nothing was charged.")
}

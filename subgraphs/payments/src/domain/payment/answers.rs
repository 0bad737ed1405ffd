use time::OffsetDateTime;

use super::{Notice, Payment, Step};
use crate::domain::{Answer, Status};

/// What the provider says, and when it says nothing.
impl Payment {
    /// Takes in what the provider says. An answer that comes late or twice changes nothing that it should not; a capture or an
    /// authorisation that comes after the end is undone.
    pub fn apply(&mut self, step: Step, answer: Answer, now: OffsetDateTime) -> Vec<Notice> {
        let lapsed = self.lapse(now);
        self.attempts = 0;
        let live = !self.undo && now < self.pay_by;
        match answer {
            Answer::Authorised { reference } => {
                self.reference = Some(reference);
                self.authorise(live)
            }
            Answer::ActionRequired { reference, url } => {
                let news = self.action_url.as_ref() != Some(&url);
                if !matches!(self.status, Status::Requested | Status::Pending | Status::ActionRequired) {
                    return Vec::new();
                }
                self.reference = Some(reference);
                self.status = Status::ActionRequired;
                self.action_url = Some(url.clone());
                if live && news { vec![Notice::ActionRequired(url)] } else { Vec::new() }
            }
            Answer::Pending { reference } => {
                if matches!(self.status, Status::Requested | Status::ActionRequired) {
                    self.reference = Some(reference);
                    self.status = Status::Pending;
                }
                Vec::new()
            }
            Answer::Captured { reference } => {
                self.reference = Some(reference);
                self.capture(live)
            }
            Answer::Cancelled => {
                self.loose = false;
                if self.status.is_open() { self.end(lapsed) } else { Vec::new() }
            }
            Answer::Declined(why) => match self.status {
                Status::Requested | Status::ActionRequired | Status::Pending => self.end(why),
                // A refusal of an earlier try that comes late says nothing of what was set aside since.
                Status::Authorised if step == Step::Capture => {
                    self.loose = true;
                    self.end(why)
                }
                _ => Vec::new(),
            },
        }
    }

    /// Takes in that the provider is away. After the time to pay it fails, although what the provider holds is still to be freed.
    pub fn unavailable(&mut self, now: OffsetDateTime) -> Vec<Notice> {
        self.attempts = self.attempts.saturating_add(1);
        // What must be undone is undone only when the provider says so.
        if !self.status.is_open() || self.undo || now < self.pay_by {
            return Vec::new();
        }
        self.loose = true;
        let why = self.lapse(now);
        self.fail(why)
    }

    fn authorise(&mut self, live: bool) -> Vec<Notice> {
        match self.status {
            Status::Requested | Status::ActionRequired | Status::Pending => {
                self.status = Status::Authorised;
                self.authorised = self.amount.minor;
                self.action_url = None;
                if live { vec![Notice::Authorised] } else { Vec::new() }
            }
            Status::Failed | Status::Voided => {
                self.loose = true;
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn capture(&mut self, live: bool) -> Vec<Notice> {
        if self.status.is_charged() {
            return Vec::new();
        }
        let mut notices = Vec::new();
        let ended = !self.status.is_open();
        if !ended && self.status != Status::Authorised && live {
            notices.push(Notice::Authorised);
        }
        self.status = Status::Captured;
        self.authorised = self.amount.minor;
        self.captured = self.amount.minor;
        self.action_url = None;
        self.failure = None;
        self.loose = false;
        notices.push(Notice::Captured);
        // The order was told that it failed, or asked for it to be undone: what was charged all the same goes back.
        if ended || self.undo {
            self.undo = true;
            notices.extend(self.give_back_rest());
        }
        notices
    }
}

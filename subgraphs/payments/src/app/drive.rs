use std::time::Duration;

use kernel::Fault;
use time::OffsetDateTime;

use super::App;
use crate::adapters::{Call, Charge, Line, Unavailable};
use crate::domain::{Answer, Notice, Payment, Step};
use crate::store::payment as payments;
use crate::store::work::{self, Claimed};

/// What a step found out.
pub(super) type Finding = (Step, Result<Answer, Unavailable>);

/// The calls that one go may make: set the money aside, then take it or give it free.
const CALLS: usize = 2;

impl App {
    /// Brings a claimed payment as far as it goes now: calls the provider outside any transaction, then records what it said. With
    /// `approve` the shopper has done, or refused, what was required.
    pub(super) async fn drive(&self, claimed: Claimed, approve: Option<bool>) -> Result<Payment, Fault> {
        let mut current = claimed.payment.clone();
        let mut findings: Vec<Finding> = Vec::new();
        let mut step = current.step(self.clock.now());
        while findings.len() < CALLS {
            let Some(answer) = self.call(step, &current, &claimed, approve).await else { break };
            let goes_on = matches!(answer, Ok(Answer::Authorised { .. }));
            findings.push((step, answer));
            if !goes_on {
                break;
            }
            // Not written yet: a commit less. Who takes over after a crash makes the same call and gets the same answer.
            // If somebody took it over meanwhile, it is theirs.
            let held = work::held(&mut *self.pool.acquire().await?, current.id, claimed.lease).await?;
            let Some(fresh) = held else { break };
            current = fresh;
            for (step, answer) in &findings {
                self.take_in(&mut current, *step, answer.clone());
            }
            step = current.step(self.clock.now());
        }
        self.record(&claimed, findings).await
    }

    /// Makes the call that the step wants; none when it wants none.
    async fn call(
        &self,
        step: Step,
        payment: &Payment,
        claimed: &Claimed,
        approve: Option<bool>,
    ) -> Option<Result<Answer, Unavailable>> {
        if matches!(step, Step::Drop | Step::Rest) {
            return None;
        }
        let Some(line) = self.providers.line(&payment.provider) else {
            return Some(Err(Unavailable::Away(format!("{:?} is not configured", payment.provider))));
        };
        let charge = Charge {
            payment_id: payment.id,
            order_id: payment.order_id,
            amount: payment.amount,
            reference: payment.reference.clone(),
            token: claimed.token.clone(),
            email: claimed.email.clone(),
            begun_at: payment.begun_at,
        };
        Some(self.make(step, line, &charge, approve).await)
    }

    async fn make(
        &self,
        step: Step,
        line: &Line,
        charge: &Charge,
        approve: Option<bool>,
    ) -> Result<Answer, Unavailable> {
        let now = self.clock.now();
        let (provider, name) = (
            line.provider(),
            match (step, approve) {
                (Step::Authorise, _) => "authorise",
                (Step::Capture, _) => "capture",
                (Step::Cancel, _) => "void",
                (_, Some(true)) => "approve",
                (_, Some(false)) => "refuse",
                (_, None) => "status",
            },
        );
        let call = call(format!("{}:{name}", charge.payment_id), line.deadline(), now);
        let answer = match (step, approve) {
            (Step::Authorise, _) => line.through(|| provider.authorise(&call, charge)).await,
            (Step::Capture, _) => line.through(|| provider.capture(&call, charge)).await,
            (Step::Cancel, _) => line.through(|| provider.void(&call, charge)).await,
            (_, Some(approve)) => line.through(|| provider.resume(&call, charge, approve)).await,
            (_, None) => line.through(|| provider.status(&call, charge)).await,
        }?;
        // An answer that leaves the step undone would be asked for again at once, and for ever.
        match (step, &answer) {
            (Step::Capture, Answer::Authorised { .. } | Answer::Pending { .. } | Answer::ActionRequired { .. }) => {
                Err(Unavailable::Undecided("it was not captured".into()))
            }
            (Step::Cancel, Answer::Cancelled | Answer::Captured { .. }) => Ok(answer),
            (Step::Cancel, _) => Err(Unavailable::Undecided("it was not cancelled".into())),
            _ => Ok(answer),
        }
    }

    fn take_in(&self, payment: &mut Payment, step: Step, answer: Result<Answer, Unavailable>) -> Vec<Notice> {
        let now = self.clock.now();
        match answer {
            Ok(answer) => payment.apply(step, answer, now),
            Err(_) => payment.unavailable(now),
        }
    }

    /// Writes what was found out onto the payment as it is by now: it may have been undone while the provider was called.
    async fn record(&self, claimed: &Claimed, findings: Vec<Finding>) -> Result<Payment, Fault> {
        let mut tx = self.pool.begin().await?;
        let Some(mut payment) = payments::lock(&mut tx, claimed.payment.id).await? else {
            return Err(Fault::internal(format!("payment {} vanished", claimed.payment.id)));
        };
        let mut notices = Vec::new();
        if findings.is_empty() && payment.step(self.clock.now()) == Step::Drop {
            notices = payment.drop_unbegun(self.clock.now());
        }
        for (step, answer) in findings {
            notices.extend(self.take_in(&mut payment, step, answer));
        }
        self.settle(&mut tx, &mut payment, notices, Some(claimed.lease)).await?;
        tx.commit().await?;
        Ok(payment)
    }
}

/// A call under the key.
pub(super) fn call(key: String, deadline: Duration, now: OffsetDateTime) -> Call {
    Call { key, deadline, now }
}

use kernel::{Fault, Money};
use time::Duration;

use super::App;
use super::drive::call;
use crate::adapters::{Charge, GiveBack, Unavailable};
use crate::domain::{Payment, RefundAnswer, RefundStatus, backoff};
use crate::store::work::ClaimedRefund;
use crate::store::{payment as payments, refund as refunds};

/// How often a provider is asked about a refund that is pending there.
const ASK_EVERY: Duration = Duration::minutes(1);

impl App {
    /// Gives the money of a claimed refund back: calls the provider outside any transaction, then records what it said.
    pub(super) async fn drive_refund(&self, claimed: ClaimedRefund) -> Result<(), Fault> {
        let found = payments::by_ids(&mut *self.pool.acquire().await?, &[claimed.payment_id.0]).await?.pop();
        let payment = found.ok_or_else(|| Fault::internal(format!("refund {} has no payment", claimed.id)))?;
        let answer = self.give(&payment, &claimed).await;

        let mut tx = self.pool.begin().await?;
        let Some(mut payment) = payments::lock(&mut tx, claimed.payment_id).await? else {
            return Err(Fault::internal(format!("payment {} vanished", claimed.payment_id)));
        };
        let Some(stands) = refunds::lock(&mut tx, claimed.id).await? else {
            return Err(Fault::internal(format!("refund {} vanished", claimed.id)));
        };
        // Whoever took it over was faster, with the same key and so the same answer.
        if stands.status != RefundStatus::Pending {
            return Ok(());
        }
        let now = self.clock.now();
        let later = (claimed.id, claimed.lease);
        match answer {
            Ok(RefundAnswer::Refunded) => {
                refunds::decide(&mut tx, claimed.id, RefundStatus::Succeeded, None, now).await?;
                let notice = payment.refund_succeeded(claimed.id, claimed.minor);
                self.settle(&mut tx, &mut payment, vec![notice], None).await?;
            }
            Ok(RefundAnswer::Declined(why)) => {
                refunds::decide(&mut tx, claimed.id, RefundStatus::Failed, Some(&why.reason), now).await?;
                let origin = refunds::origin(&mut tx, claimed.id).await?;
                let notices = payment.refund_refused(claimed.id, claimed.minor, why, origin);
                self.settle(&mut tx, &mut payment, notices, None).await?;
            }
            Ok(RefundAnswer::Pending { reference }) => {
                refunds::put_off(&mut tx, later, Some(&reference), 0, now + ASK_EVERY).await?;
            }
            Err(_) => {
                let attempts = stands.attempts.saturating_add(1);
                let due_at = now + backoff(attempts, self.chance());
                refunds::put_off(&mut tx, later, None, attempts, due_at).await?;
            }
        }
        Ok(tx.commit().await?)
    }

    async fn give(&self, payment: &Payment, claimed: &ClaimedRefund) -> Result<RefundAnswer, Unavailable> {
        let Some(line) = self.providers.line(&payment.provider) else {
            return Err(Unavailable::Away(format!("{:?} is not configured", payment.provider)));
        };
        let charge = Charge {
            payment_id: payment.id,
            order_id: payment.order_id,
            amount: payment.amount,
            reference: payment.reference.clone(),
            token: None,
            email: None,
            begun_at: payment.begun_at,
        };
        let amount = Money { minor: claimed.minor, ..payment.amount };
        let refund = GiveBack { amount, reference: claimed.reference.clone() };
        let now = self.clock.now();
        let call = call(format!("{}:refund", claimed.id), line.deadline(), now);
        line.through(|| line.provider().refund(&call, &charge, &refund)).await
    }
}

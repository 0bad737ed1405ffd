use events::payments::{
    PaymentActionRequired, PaymentAuthorised, PaymentCaptured, PaymentFailed, PaymentRefunded, PaymentVoided,
    RefundFailed,
};
use kernel::{Fault, Money, RefundId};
use messaging::Telling;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{App, Refund};
use crate::domain::{Movement, Notice, Payment, RefundOrigin, RefundStatus};
use crate::store::{demand, ledger, payment as payments, refund as refunds};

impl App {
    /// Writes the changed payment with all that its change has to be followed by. Its row must be locked. With a lease the payment is
    /// given back.
    pub(super) async fn settle(
        &self,
        conn: &mut PgConnection,
        payment: &mut Payment,
        notices: Vec<Notice>,
        lease: Option<OffsetDateTime>,
    ) -> Result<(), Fault> {
        let now = self.clock.now();
        payments::save(conn, payment, payment.due(now, self.chance()), lease, now).await?;
        payment.version += 1;
        payment.updated_at = now;
        self.tell(conn, payment, notices).await
    }

    /// Tells the other services and the ledger, in the transaction of the change.
    pub(super) async fn tell(&self, conn: &mut PgConnection, of: &Payment, notices: Vec<Notice>) -> Result<(), Fault> {
        let (order_id, payment_id, amount) = (of.order_id, of.id, of.amount);
        let mut told = Vec::new();
        for notice in notices {
            told.extend(match notice {
                Notice::Authorised => Some(Telling::new(&PaymentAuthorised { order_id, payment_id, amount })?),
                Notice::Captured => {
                    self.book(conn, of, Movement::Capture, None, amount).await?;
                    Some(Telling::new(&PaymentCaptured { order_id, payment_id, amount })?)
                }
                Notice::Failed(why) => {
                    let event = PaymentFailed { order_id, payment_id, code: why.code, reason: why.reason };
                    Some(Telling::new(&event)?)
                }
                Notice::ActionRequired(action_url) => {
                    Some(Telling::new(&PaymentActionRequired { order_id, payment_id, action_url })?)
                }
                Notice::Voided => Some(Telling::new(&PaymentVoided { order_id, payment_id })?),
                Notice::GiveBack(minor) => {
                    self.give_back(conn, of, minor).await?;
                    None
                }
                Notice::Refunded(id, minor) => {
                    let amount = Money { minor, ..amount };
                    self.book(conn, of, Movement::Refund, Some(id), amount).await?;
                    let refund_id = named(conn, id).await?;
                    Some(Telling::new(&PaymentRefunded { order_id, payment_id, refund_id, amount })?)
                }
                Notice::RefundFailed(id, why) => {
                    let refund_id = named(conn, id).await?;
                    Some(Telling::new(&RefundFailed { order_id, payment_id, refund_id, reason: why.reason })?)
                }
            });
        }
        Ok(self.outbox.put_all(conn, &*self.clock, told).await?)
    }

    async fn book(
        &self,
        conn: &mut PgConnection,
        of: &Payment,
        movement: Movement,
        refund: Option<RefundId>,
        amount: Money,
    ) -> Result<(), Fault> {
        // What was free moved nothing.
        if amount.minor == 0 {
            return Ok(());
        }
        let (id, postings) = ((self.clock.uuid(), self.clock.now()), movement.postings(&of.provider, amount));
        Ok(ledger::book(conn, id, movement, (of.id, refund), amount.currency.code(), &postings).await?)
    }

    async fn give_back(&self, conn: &mut PgConnection, of: &Payment, minor: i64) -> Result<(), Fault> {
        let now = self.clock.now();
        let refund = Refund {
            id: RefundId(self.clock.uuid()),
            payment_id: of.id,
            amount: Money { minor, ..of.amount },
            reason: demand::undo_reason(conn, of.id).await?.unwrap_or_else(|| "It was charged too late.".to_owned()),
            origin: RefundOrigin::Undo,
            status: RefundStatus::Pending,
            failure_reason: None,
            created_at: now,
        };
        refunds::insert(conn, &refund, Some(now)).await?;
        Ok(())
    }
}

/// The refund's id for those who asked for it; none when the whole payment was undone.
async fn named(conn: &mut PgConnection, id: RefundId) -> Result<Option<RefundId>, Fault> {
    Ok((refunds::origin(conn, id).await? != RefundOrigin::Undo).then_some(id))
}

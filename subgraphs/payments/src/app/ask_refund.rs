use events::orders::RefundRequested;
use kernel::Fault;
use messaging::HandleError;
use sqlx::PgConnection;

use super::{App, Refund};
use crate::domain::{Decline, Notice, RefundOrigin, RefundStatus, Refused};
use crate::store::{payment as payments, refund as refunds};

impl App {
    /// Records a refund that the order's saga asks for, once for its id. What cannot be given back is told as a failed refund.
    ///
    /// # Errors
    /// For an amount that is none, which is refused; while the payment is not known or not decided; the database's.
    pub async fn ask_refund(&self, conn: &mut PgConnection, event: RefundRequested) -> Result<(), HandleError> {
        if event.amount.minor <= 0 {
            return Err(HandleError::Refuse(format!("the amount {} is nothing to give back", event.amount.amount())));
        }
        let later = |why: &str| HandleError::Retry(Fault::unavailable(format!("order {}: {why}", event.order_id)));
        let Some(mut payment) = payments::lock_of_order(conn, event.order_id).await? else {
            return Err(later("there is no payment yet"));
        };
        if refunds::exists(conn, event.refund_id).await? {
            return Ok(());
        }
        if payment.status.is_open() {
            return Err(later("the payment is not decided yet"));
        }
        let refused = payment.promise(event.amount).err().map(|refused| match refused {
            Refused::NotCaptured => Decline::new("not_captured", "Nothing was charged."),
            Refused::TooLarge(left) => {
                Decline::new("too_large", format!("Only {} {} is left to refund.", left.amount(), left.currency))
            }
            Refused::NoAmount => Decline::new("currency", "The payment was made in another currency."),
        });
        let now = self.clock.now();
        let refund = Refund {
            id: event.refund_id,
            payment_id: payment.id,
            amount: event.amount,
            reason: event.reason.replace('\0', ""),
            origin: RefundOrigin::Order,
            status: if refused.is_some() { RefundStatus::Failed } else { RefundStatus::Pending },
            failure_reason: refused.as_ref().map(|why| why.reason.clone()),
            created_at: now,
        };
        refunds::insert(conn, &refund, refused.is_none().then_some(now)).await?;
        let notices = refused.map(|why| Notice::RefundFailed(refund.id, why)).into_iter().collect();
        self.settle(conn, &mut payment, notices, None).await.map_err(HandleError::Retry)
    }
}

use kernel::{Actor, Failure, Money, OrderId, RefundId};
use resilience::idempotency::{Claim, key_problem};
use rust_decimal::Decimal;
use serde::Serialize;

use super::{App, Refund};
use crate::domain::{Payment, Problem, RefundOrigin, RefundStatus, Refused};
use crate::store::{payment as payments, refund as refunds};

const MAX_REASON: usize = 500;

/// A refund as the staff wants it.
#[derive(Debug, Clone, Serialize)]
pub struct RefundDraft {
    /// Whose payment.
    pub order_id: OrderId,
    /// How much, in the currency's major unit; all that is left when absent.
    pub amount: Option<Decimal>,
    /// Why, for a person to read.
    pub reason: String,
}

impl App {
    /// Begins to give money back, once for the key. The worker calls the provider when this commits.
    ///
    /// # Errors
    /// [`Problem::Invalid`], [`Problem::NotFound`], [`Problem::NotCaptured`], [`Problem::TooLarge`], [`Problem::KeyReused`].
    pub async fn refund(
        &self,
        actor: &Actor,
        draft: &RefundDraft,
        key: &str,
    ) -> Result<(Payment, Refund), Failure<Problem>> {
        let problems = problems(draft, key);
        if !problems.is_empty() {
            return Err(Failure::Problems(problems));
        }
        let scope = format!("refundCreate:{}", actor.user().map(|id| id.to_string()).unwrap_or_default());
        let mut tx = self.pool.begin().await?;
        let now = self.clock.now();
        let id = RefundId(self.clock.uuid());
        match self.keys.claim(&mut tx, (&scope, key), draft, id.0, now).await? {
            Claim::New => {}
            Claim::Conflict => return Err(Failure::problem(Problem::KeyReused)),
            Claim::Done(id) => return self.refund_again(&mut tx, draft.order_id, id.into()).await,
        }
        let Some(mut payment) = payments::lock_of_order(&mut tx, draft.order_id).await? else {
            return Err(Failure::problem(Problem::NotFound));
        };
        let amount = match draft.amount {
            None => payment.refundable(),
            Some(amount) => Money::from_decimal(amount, payment.amount.currency)
                .map_err(|error| invalid("amount", error.to_string()))?,
        };
        payment.promise(amount).map_err(|refused| match refused {
            Refused::NotCaptured => Failure::problem(Problem::NotCaptured(payment.status)),
            Refused::TooLarge(refundable) => Failure::problem(Problem::TooLarge { refundable }),
            // All of nothing.
            Refused::NoAmount if draft.amount.is_none() => {
                Failure::problem(Problem::TooLarge { refundable: payment.refundable() })
            }
            Refused::NoAmount => invalid("amount", "the amount must be more than zero".to_owned()),
        })?;
        let refund = Refund {
            id,
            payment_id: payment.id,
            amount,
            reason: draft.reason.trim().to_owned(),
            origin: RefundOrigin::Staff,
            status: RefundStatus::Pending,
            failure_reason: None,
            created_at: now,
        };
        refunds::insert(&mut tx, &refund, Some(now)).await?;
        self.settle(&mut tx, &mut payment, Vec::new(), None).await?;
        tx.commit().await?;
        Ok((payment, refund))
    }

    async fn refund_again(
        &self,
        conn: &mut sqlx::PgConnection,
        order: OrderId,
        id: RefundId,
    ) -> Result<(Payment, Refund), Failure<Problem>> {
        let found = payments::of_orders(conn, &[order.0]).await?;
        let ids: Vec<_> = found.iter().map(|payment| payment.id.0).collect();
        let refund = refunds::of_payments(conn, &ids).await?.into_iter().find(|refund| refund.id == id);
        let refund = refund.ok_or_else(|| Failure::problem(Problem::NotFound))?;
        let payment = found.into_iter().find(|payment| payment.id == refund.payment_id);
        Ok((payment.ok_or_else(|| Failure::problem(Problem::NotFound))?, refund))
    }
}

fn invalid(field: &'static str, message: String) -> Failure<Problem> {
    Failure::problem(Problem::Invalid { field, message })
}

fn problems(draft: &RefundDraft, key: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut refuse = |field, message: String| problems.push(Problem::Invalid { field, message });
    let reason = draft.reason.trim();
    if reason.is_empty() || reason.chars().count() > MAX_REASON || reason.contains('\0') {
        refuse("reason", format!("say why, in 1 to {MAX_REASON} characters"));
    }
    if let Some(message) = key_problem(key) {
        refuse("idempotencyKey", message);
    }
    if draft.amount.is_some_and(|amount| amount <= Decimal::ZERO) {
        refuse("amount", "the amount must be more than zero; leave it out to refund all that is left".to_owned());
    }
    problems
}

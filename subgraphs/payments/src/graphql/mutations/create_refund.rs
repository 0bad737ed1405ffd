use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use gql::{IdempotencyConflict, InvalidInput, NotFound, Scoped, actor, masked, parse_id};
use kernel::{Failure, Scope};
use rust_decimal::Decimal;

use crate::app::{App, RefundDraft};
use crate::domain::Problem;
use crate::graphql::types::{Payment, PaymentNotCaptured, Refund, RefundError, RefundTooLarge};

/// Giving money back.
#[derive(Debug, Default)]
pub struct CreateRefund;

/// What to give back.
#[derive(InputObject)]
pub struct RefundCreateInput {
    /// The order that was paid.
    pub order_id: ID,
    /// How much, in the currency's major unit; all that is left when absent.
    pub amount: Option<Decimal>,
    /// Why, for a person to read, in 1 to 500 characters.
    pub reason: String,
    /// Names the intent: the same key with the same input gives the money back once.
    pub idempotency_key: String,
}

/// What became of the refund.
#[derive(SimpleObject)]
pub struct RefundCreatePayload {
    /// The refund, which the provider is asked for in a moment; null when there are errors.
    pub refund: Option<Refund>,
    /// The payment that it belongs to; null when there are errors.
    pub payment: Option<Payment>,
    /// Why it did not begin; empty when it did.
    pub errors: Vec<RefundError>,
}

fn error(id: &ID, problem: Problem) -> Option<RefundError> {
    Some(match problem {
        Problem::Invalid { field, message } => RefundError::InvalidInput(InvalidInput { message, field: field.into() }),
        Problem::NotFound => {
            RefundError::NotFound(NotFound { message: "there is no payment of such an order".into(), id: id.clone() })
        }
        Problem::TooLarge { refundable } => RefundError::RefundTooLarge(RefundTooLarge {
            message: format!("only {} {} is left to refund", refundable.amount(), refundable.currency),
            refundable: refundable.into(),
        }),
        Problem::NotCaptured(status) => RefundError::PaymentNotCaptured(PaymentNotCaptured {
            message: "nothing was charged that could be refunded; to undo an open payment, cancel the order".into(),
            status: status.into(),
        }),
        Problem::KeyReused => RefundError::IdempotencyConflict(IdempotencyConflict::default()),
        Problem::Unavailable => return None,
    })
}

#[Object]
impl CreateRefund {
    /// Gives back all or some of what was charged for an order.
    #[graphql(guard = "Scoped(Scope::PaymentsRefund)", requires_scopes = "payments:refund")]
    async fn refund_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to give back.")] input: RefundCreateInput,
    ) -> Result<RefundCreatePayload> {
        let made = match parse_id(&input.order_id) {
            Some(order_id) => {
                let draft = RefundDraft { order_id, amount: input.amount, reason: input.reason };
                ctx.data::<App>()?.refund(&actor(ctx), &draft, &input.idempotency_key).await
            }
            None => Err(Failure::problem(Problem::NotFound)),
        };
        match made {
            Ok((payment, refund)) => Ok(RefundCreatePayload {
                refund: Some(refund.into()),
                payment: Some(payment.into()),
                errors: Vec::new(),
            }),
            Err(Failure::Problems(problems)) => {
                let errors = problems.into_iter().filter_map(|problem| error(&input.order_id, problem)).collect();
                Ok(RefundCreatePayload { refund: None, payment: None, errors })
            }
            Err(Failure::Fault(fault)) => Err(masked(&fault)),
        }
    }
}

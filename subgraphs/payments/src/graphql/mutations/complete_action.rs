use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use gql::{NotFound, actor, masked, parse_id};
use kernel::Failure;

use crate::app::App;
use crate::domain::Problem;
use crate::graphql::types::{Payment, PaymentActionError, PaymentProviderUnavailable};

/// Going on after the shopper did what was required.
#[derive(Debug, Default)]
pub struct CompleteAction;

/// Whose payment goes on.
#[derive(InputObject)]
pub struct PaymentActionCompleteInput {
    /// The order that is paid.
    pub order_id: ID,
    /// At the sandbox: whether the shopper confirms or refuses. A real provider knows, and is only asked.
    #[graphql(default = true)]
    pub approve: bool,
}

/// What became of the payment.
#[derive(SimpleObject)]
pub struct PaymentActionCompletePayload {
    /// The payment as it stands now; null when there are errors.
    pub payment: Option<Payment>,
    /// Why it did not go on; empty when it did.
    pub errors: Vec<PaymentActionError>,
}

fn error(id: &ID, problem: Problem) -> Option<PaymentActionError> {
    match problem {
        Problem::NotFound => Some(PaymentActionError::NotFound(NotFound {
            message: "there is no payment of such an order, or it is not yours".into(),
            id: id.clone(),
        })),
        Problem::Unavailable => Some(PaymentActionError::PaymentProviderUnavailable(PaymentProviderUnavailable {
            message: "the payment provider does not answer at the moment: try again in a few seconds".into(),
        })),
        _ => None,
    }
}

#[Object]
impl CompleteAction {
    /// Goes on with a payment in the status ACTION_REQUIRED after the shopper came back from `actionUrl`. Any other payment is answered
    /// as it stands, so that calling this twice does no harm.
    async fn payment_action_complete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose payment.")] input: PaymentActionCompleteInput,
    ) -> Result<PaymentActionCompletePayload> {
        let done = match parse_id(&input.order_id) {
            Some(order) => ctx.data::<App>()?.complete_action(&actor(ctx), order, input.approve).await,
            None => Err(Failure::problem(Problem::NotFound)),
        };
        match done {
            Ok(payment) => Ok(PaymentActionCompletePayload { payment: Some(payment.into()), errors: Vec::new() }),
            Err(Failure::Problems(problems)) => {
                let errors = problems.into_iter().filter_map(|problem| error(&input.order_id, problem)).collect();
                Ok(PaymentActionCompletePayload { payment: None, errors })
            }
            Err(Failure::Fault(fault)) => Err(masked(&fault)),
        }
    }
}

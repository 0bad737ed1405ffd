use kernel::{Actor, Failure, OrderId};
use tracing::Instrument;

use super::App;
use crate::domain::{Payment, Problem, Status};

impl App {
    /// Goes on with a payment after the shopper did, or refused, what was required. A payment that waits for nothing of the kind is
    /// answered as it stands.
    ///
    /// # Errors
    /// [`Problem::NotFound`] also for a payment that is not the actor's; [`Problem::Unavailable`] when the provider does not
    /// answer: try again.
    pub async fn complete_action(
        &self,
        actor: &Actor,
        order: OrderId,
        approve: bool,
    ) -> Result<Payment, Failure<Problem>> {
        let found = self.payments_of_orders(&[order]).await?.remove(&order).unwrap_or_default();
        let Some(payment) = found.into_iter().find(|payment| payment.may_be_continued_by(actor)) else {
            return Err(Failure::problem(Problem::NotFound));
        };
        if payment.status != Status::ActionRequired {
            return Ok(payment);
        }
        // The worker may have it at this moment; then it is the worker who finds out.
        let Some(claimed) = self.claim_one(payment.id).await? else {
            return Err(Failure::problem(Problem::Unavailable));
        };
        let attempts = claimed.payment.attempts;
        // Its own task: whoever asked may hang up, and what the provider says has to be recorded all the same.
        let app = self.clone();
        let after = tokio::spawn(async move { app.drive(claimed, Some(approve)).await }.in_current_span()).await??;
        if after.status == Status::ActionRequired && after.attempts > attempts {
            return Err(Failure::problem(Problem::Unavailable));
        }
        Ok(after)
    }
}

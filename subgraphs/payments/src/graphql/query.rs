use async_graphql::{Context, ID, Object, Result};
use gql::{Scoped, actor, masked, parse_id};
use kernel::{OrderId, PaymentId, Scope};

use super::types::{Order, Payment, PaymentFilter, PaymentProvider, Payments, payments};
use crate::app::App;

/// Entry points for reading payments.
#[derive(Debug)]
pub struct Query;

/// Entry points for reading.
#[Object(name = "Query")]
impl Query {
    /// A payment by its id: your own, or any with the scope `payments:read`; else null. A guest finds the payment by its order.
    async fn payment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The payment's id.")] id: ID,
    ) -> Result<Option<Payment>> {
        let Some(id) = parse_id::<PaymentId>(&id) else { return Ok(None) };
        let found = ctx.data::<App>()?.payments_by_id(&[id]).await.map_err(|fault| masked(&fault))?.remove(&id);
        Ok(found.filter(|payment| payment.belongs_to(&actor(ctx))).map(Into::into))
    }

    /// All payments, latest first, a page at a time.
    #[graphql(guard = "Scoped(Scope::PaymentsRead)", requires_scopes = "payments:read")]
    async fn payments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 1 to 100.", default_with = "Some(24)")] first: Option<i32>,
        #[graphql(desc = "Start after this `endCursor` of an earlier page.")] after: Option<String>,
        #[graphql(desc = "Which payments; all when absent.")] filter: Option<PaymentFilter>,
    ) -> Result<Payments> {
        payments(ctx, first, after, filter.unwrap_or_default()).await
    }

    /// The ways to pay that checkout accepts, by name.
    async fn payment_providers(&self, ctx: &Context<'_>) -> Result<Vec<PaymentProvider>> {
        Ok(ctx.data::<App>()?.provider_states().into_iter().map(Into::into).collect())
    }

    #[graphql(entity)]
    async fn find_order(&self, id: ID) -> Option<Order> {
        let order = parse_id::<OrderId>(&id)?;
        Some(Order::new(order))
    }
}

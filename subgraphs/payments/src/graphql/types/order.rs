use async_graphql::{ComplexObject, Context, ID, Result, SimpleObject};
use gql::{actor, masked};
use kernel::OrderId;

use super::Payment;
use crate::graphql::Loader;
use crate::graphql::loaders::PaymentsOf;

/// What a shopper ordered.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct Order {
    /// Identifies the order for good.
    pub id: ID,
    #[graphql(skip)]
    key: OrderId,
}

impl Order {
    /// The order by its id.
    pub(crate) fn new(key: OrderId) -> Self {
        Self { id: key.0.into(), key }
    }
}

#[ComplexObject]
impl Order {
    /// How the order is paid, latest first. Empty for who may not see it: a guest's payments are for whoever knows the order's id, an
    /// account's for its owner, all with the scope `payments:read`.
    async fn payments(&self, ctx: &Context<'_>) -> Result<Vec<Payment>> {
        let found = ctx.data::<Loader>()?.load_one(PaymentsOf(self.key)).await.map_err(|fault| masked(&fault))?;
        let actor = actor(ctx);
        let visible = found.unwrap_or_default().into_iter().filter(|payment| payment.is_visible_to(&actor));
        Ok(visible.map(Into::into).collect())
    }
}

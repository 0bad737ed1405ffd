use async_graphql::{ComplexObject, Context, ID, Result, SimpleObject};
use gql::{actor, masked, parse_id};
use kernel::UserId;

use super::{Cart, Orders, history};
use crate::app::App;

/// Something that can be bought: a product with every option chosen.
#[derive(SimpleObject)]
#[graphql(unresolvable = "id", serial)]
pub struct ProductVariant {
    /// Identifies the variant for good.
    pub id: ID,
}

/// A person with an account.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct User {
    /// Identifies the account for good.
    pub id: ID,
}

impl User {
    fn is_viewer(&self, ctx: &Context<'_>) -> bool {
        let viewer = actor(ctx).user();
        viewer.is_some() && viewer == parse_id::<UserId>(&self.id)
    }
}

#[ComplexObject]
impl User {
    /// The account's open cart that was used last; null when there is none, or when it is not yours.
    async fn cart(&self, ctx: &Context<'_>) -> Result<Option<Cart>> {
        if !self.is_viewer(ctx) {
            return Ok(None);
        }
        Ok(ctx.data::<App>()?.cart_of(&actor(ctx)).await.map_err(|fault| masked(&fault))?.map(Into::into))
    }

    /// The account's orders, newest first: your own, or anybody's with `orders:read`.
    async fn orders(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 1 to 100.", default_with = "Some(24)")] first: Option<i32>,
        #[graphql(desc = "Start after this `endCursor` of an earlier page.")] after: Option<String>,
    ) -> Result<Option<Orders>> {
        let user =
            parse_id::<UserId>(&self.id).filter(|_| self.is_viewer(ctx) || actor(ctx).may(kernel::Scope::OrdersRead));
        match user {
            Some(user) => Ok(Some(history(ctx, user, first, after.as_deref()).await?)),
            None => Ok(None),
        }
    }
}

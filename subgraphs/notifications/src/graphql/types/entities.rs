//! What this subgraph adds to the entities of others.

use async_graphql::{ComplexObject, Context, ID, Result, SimpleObject};
use gql::{actor, masked};
use kernel::{OrderId, UserId};

use super::{Message, NotificationPreference, Notifications, notifications};
use crate::app::{App, Filter};
use crate::graphql::Loader;
use crate::graphql::loaders::MessagesOf;

/// A person who has an account. Only the person and staff with `users:read` can see it.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct User {
    /// Identifies the account for good.
    pub id: ID,
    #[graphql(skip)]
    pub(crate) key: UserId,
}

/// What a shopper ordered.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct Order {
    /// Identifies the order for good.
    pub id: ID,
    #[graphql(skip)]
    pub(crate) key: OrderId,
}

/// Something that can be bought: a product with every option chosen.
#[derive(SimpleObject)]
#[graphql(unresolvable = "id")]
pub struct ProductVariant {
    /// Identifies the variant for good.
    pub id: ID,
}

#[ComplexObject]
impl User {
    /// The notifications in the shop, newest first; null for an account that is not yours.
    async fn notifications(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 1 to 100.", default_with = "Some(24)")] first: Option<i32>,
        #[graphql(desc = "Start after this `endCursor` of an earlier page.")] after: Option<String>,
        #[graphql(desc = "Leaves out what is read.", default_with = "Some(false)")] unread_only: Option<bool>,
    ) -> Result<Option<Notifications>> {
        if actor(ctx).user() != Some(self.key) {
            return Ok(None);
        }
        let filter = Filter { inbox_of: Some(self.key), unread_only: unread_only == Some(true), ..Filter::default() };
        notifications(ctx, first, after, filter).await.map(Some)
    }

    /// What the account wants to be told, and how; null for an account that is not yours.
    async fn notification_preferences(&self, ctx: &Context<'_>) -> Result<Option<Vec<NotificationPreference>>> {
        if actor(ctx).user() != Some(self.key) {
            return Ok(None);
        }
        let found = ctx.data::<App>()?.preferences(self.key).await.map_err(|fault| masked(&fault))?;
        Ok(Some(found.into_iter().map(Into::into).collect()))
    }
}

#[ComplexObject]
impl Order {
    /// What was written to the shopper about it, oldest first. Of an account's order only its owner sees it, and support.
    async fn messages(&self, ctx: &Context<'_>) -> Result<Vec<Message>> {
        let found = ctx.data::<Loader>()?.load_one(MessagesOf(self.key)).await.map_err(|fault| masked(&fault))?;
        let actor = actor(ctx);
        let shown = found.unwrap_or_default().into_iter().filter(|message| message.is_shown_to(&actor));
        Ok(shown.map(Into::into).collect())
    }
}

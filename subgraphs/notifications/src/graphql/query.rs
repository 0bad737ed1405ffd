use async_graphql::{Context, ID, Object, Result};
use gql::{Scoped, masked, parse_id};
use kernel::{OrderId, Scope, UserId};

use super::types::{
    Message, MessageFilter, Messages, NotificationTemplate, Notifications, Order, User, messages, notifications,
};
use crate::app::{self, App};

/// Entry points for reading.
#[derive(Debug)]
pub struct Query;

/// Entry points for reading.
#[Object(name = "Query")]
impl Query {
    /// Every message that was written, newest first, a page at a time. For support.
    #[graphql(guard = "Scoped(Scope::NotificationsRead)", requires_scopes = "notifications:read")]
    async fn messages(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 1 to 100.", default_with = "Some(24)")] first: Option<i32>,
        #[graphql(desc = "Start after this `endCursor` of an earlier page.")] after: Option<String>,
        #[graphql(desc = "Which messages; all when absent.")] filter: Option<MessageFilter>,
    ) -> Result<Messages> {
        messages(ctx, first, after, filter.unwrap_or_default()).await
    }

    /// A message by its id; null when there is none. For support.
    #[graphql(guard = "Scoped(Scope::NotificationsRead)", requires_scopes = "notifications:read")]
    async fn message(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The message's id.")] id: ID,
    ) -> Result<Option<Message>> {
        let Some(id) = parse_id(&id) else { return Ok(None) };
        let found = ctx.data::<App>()?.message(id).await.map_err(|fault| masked(&fault))?;
        Ok(found.map(Into::into))
    }

    /// The texts in use, by occasion, channel and language. For support.
    #[graphql(guard = "Scoped(Scope::NotificationsRead)", requires_scopes = "notifications:read")]
    async fn notification_templates(&self, ctx: &Context<'_>) -> Result<Vec<NotificationTemplate>> {
        let found = ctx.data::<App>()?.templates().await.map_err(|fault| masked(&fault))?;
        Ok(found.into_iter().map(Into::into).collect())
    }

    /// The staff's common inbox, newest first: what falls to its threshold in stock. Read by one is read for all.
    #[graphql(guard = "Scoped(Scope::StockRead)", requires_scopes = "stock:read")]
    async fn staff_notifications(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, 1 to 100.", default_with = "Some(24)")] first: Option<i32>,
        #[graphql(desc = "Start after this `endCursor` of an earlier page.")] after: Option<String>,
        #[graphql(desc = "Leaves out what is read.", default_with = "Some(false)")] unread_only: Option<bool>,
    ) -> Result<Notifications> {
        let filter =
            app::Filter { staff_inbox: true, unread_only: unread_only == Some(true), ..app::Filter::default() };
        notifications(ctx, first, after, filter).await
    }

    #[graphql(entity)]
    async fn find_user(&self, id: ID) -> Option<User> {
        parse_id::<UserId>(&id).map(|key| User { id, key })
    }

    #[graphql(entity)]
    async fn find_order(&self, id: ID) -> Option<Order> {
        parse_id::<OrderId>(&id).map(|key| Order { id, key })
    }
}

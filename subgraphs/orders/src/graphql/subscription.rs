use async_graphql::futures_util::stream::{self, Stream};
use async_graphql::{Context, ID, Result, Subscription as Root};
use gql::{actor, masked, parse_id};
use kernel::{Actor, Fault, OrderId};

use super::types::Order;
use crate::app::{self, App, Changes};

/// Entry points for following.
#[derive(Debug)]
pub struct Subscription;

/// Follows one order.
struct Follower {
    app: App,
    actor: Actor,
    id: OrderId,
    changes: Changes,
    seen: i64,
}

/// Entry points for following.
#[Root(name = "Subscription")]
impl Subscription {
    /// An order as it is now, and then after every change. It ends only when you end it. An order that you cannot see, or that
    /// does not exist, sends nothing and ends at once. After a lost connection subscribe again: the first answer is the state of then.
    async fn order_status_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The order to follow.")] order_id: ID,
    ) -> Result<impl Stream<Item = Result<Order>> + 'static> {
        let app = ctx.data::<App>()?.clone();
        let follower = parse_id::<OrderId>(&order_id).map(|id| Follower {
            // Listening begins before the first look, so that nothing between the two is missed.
            changes: app.changes(id),
            actor: actor(ctx),
            app,
            id,
            seen: 0,
        });
        Ok(stream::unfold(follower, |follower| async move {
            let mut follower = follower?;
            match follower.next().await {
                Ok(Some(order)) => Some((Ok(order.into()), Some(follower))),
                Ok(None) => None,
                Err(fault) => Some((Err(masked(&fault)), None)),
            }
        }))
    }
}

impl Follower {
    /// The next state that was not sent yet; `None` when there is no such order.
    async fn next(&mut self) -> Result<Option<app::Order>, Fault> {
        loop {
            if self.seen > 0 {
                self.changes.next().await;
            }
            let Some(order) = self.app.order(&self.actor, self.id).await? else { return Ok(None) };
            if order.version > self.seen {
                self.seen = order.version;
                return Ok(Some(order));
            }
        }
    }
}

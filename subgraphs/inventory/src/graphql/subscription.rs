use std::collections::{HashMap, VecDeque};

use async_graphql::futures_util::stream::{self, Stream};
use async_graphql::{Context, ID, Result, Subscription as Root};
use gql::{masked, parse_id, refused};
use kernel::{Fault, VariantId};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use super::types::ProductVariant;
use crate::app::App;
use crate::domain::Level;

/// Variants that one subscription can follow.
const MAX_VARIANTS: usize = 100;

/// Entry points for following.
#[derive(Debug)]
pub struct Subscription;

/// Entry points for following.
#[Root(name = "Subscription")]
impl Subscription {
    /// Each of the variants as it is now, and then whenever what can be bought of it changes. Several changes at once may come
    /// as one. It ends only when you end it; with no variant to follow it ends at once. After a lost connection subscribe again:
    /// the first answers are the state of then.
    async fn stock_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The variants to follow, 100 at most.")] variant_ids: Vec<ID>,
    ) -> Result<impl Stream<Item = Result<ProductVariant>> + 'static> {
        if variant_ids.len() > MAX_VARIANTS {
            return Err(refused(format!("follow at most {MAX_VARIANTS} variants: subscribe more than once for more")));
        }
        let app = ctx.data::<App>()?.clone();
        let ids = variant_ids.iter().filter_map(parse_id).collect();
        let follower = Some(Follower::new(app, ids));
        Ok(stream::unfold(follower, |follower| async move {
            let mut follower = follower?;
            match follower.next().await {
                Ok(Some(level)) => Some((Ok(level.into()), Some(follower))),
                Ok(None) => None,
                Err(fault) => Some((Err(masked(&fault)), None)),
            }
        }))
    }
}

/// Follows variants.
struct Follower {
    app: App,
    ids: Vec<VariantId>,
    changes: Receiver<Option<Level>>,
    /// The version that was sent last.
    seen: HashMap<VariantId, i64>,
    waiting: VecDeque<Level>,
    look: bool,
}

impl Follower {
    fn new(app: App, ids: Vec<VariantId>) -> Self {
        // Listening begins before the first look, so that nothing between the two is missed.
        let changes = app.level_changes();
        // Also a variant that was never in stock, whose version is 0, is sent once.
        let seen = ids.iter().map(|id| (*id, -1)).collect();
        Self { app, ids, changes, seen, waiting: VecDeque::new(), look: true }
    }

    /// The next level that was not sent yet; `None` at the end.
    async fn next(&mut self) -> Result<Option<Level>, Fault> {
        if self.ids.is_empty() {
            return Ok(None);
        }
        loop {
            if let Some(level) = self.waiting.pop_front() {
                return Ok(Some(level));
            }
            if self.look {
                self.look().await?;
                continue;
            }
            match self.changes.recv().await {
                Ok(Some(level)) => self.hear(level),
                Ok(None) | Err(RecvError::Lagged(_)) => self.look = true,
                Err(RecvError::Closed) => return Ok(None),
            }
        }
    }

    async fn look(&mut self) -> Result<(), Fault> {
        let found = self.app.levels(&self.ids).await?;
        self.look = false;
        for id in self.ids.clone() {
            self.hear(found.get(&id).copied().unwrap_or_else(|| Level::none(id)));
        }
        Ok(())
    }

    /// Keeps the level for sending if it is followed and newer than what was sent.
    fn hear(&mut self, level: Level) {
        if let Some(seen) = self.seen.get_mut(&level.variant_id)
            && level.version > *seen
        {
            *seen = level.version;
            self.waiting.push_back(level);
        }
    }
}

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use kernel::{Currency, Fault, OrderId};

use crate::app::{App, Order, OrderLine, TimelineEntry};

/// Key of an order's lines, with its currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct LinesOf(pub(crate) OrderId, pub(crate) Currency);
/// Key of an order's timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct TimelineOf(pub(crate) OrderId);

impl Loader<OrderId> for App {
    type Value = Order;
    type Error = Arc<Fault>;

    async fn load(&self, keys: &[OrderId]) -> Result<HashMap<OrderId, Order>, Arc<Fault>> {
        self.orders_by_id(keys).await.map_err(Arc::new)
    }
}

impl Loader<LinesOf> for App {
    type Value = Vec<OrderLine>;
    type Error = Arc<Fault>;

    async fn load(&self, keys: &[LinesOf]) -> Result<HashMap<LinesOf, Vec<OrderLine>>, Arc<Fault>> {
        let orders: Vec<_> = keys.iter().map(|key| (key.0, key.1)).collect();
        let mut found = self.lines_of(&orders).await.map_err(Arc::new)?;
        Ok(keys.iter().filter_map(|key| Some((*key, found.remove(&key.0)?))).collect())
    }
}

impl Loader<TimelineOf> for App {
    type Value = Vec<TimelineEntry>;
    type Error = Arc<Fault>;

    async fn load(&self, keys: &[TimelineOf]) -> Result<HashMap<TimelineOf, Vec<TimelineEntry>>, Arc<Fault>> {
        let ids: Vec<OrderId> = keys.iter().map(|key| key.0).collect();
        let found = self.timelines_of(&ids).await.map_err(Arc::new)?;
        Ok(found.into_iter().map(|(id, entries)| (TimelineOf(id), entries)).collect())
    }
}

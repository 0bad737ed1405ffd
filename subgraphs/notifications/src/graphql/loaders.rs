use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use kernel::{Fault, OrderId};

use crate::app::{App, Message};

/// Key of what was written about an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct MessagesOf(pub(crate) OrderId);

impl Loader<MessagesOf> for App {
    type Value = Vec<Message>;
    type Error = Arc<Fault>;

    async fn load(&self, keys: &[MessagesOf]) -> Result<HashMap<MessagesOf, Vec<Message>>, Arc<Fault>> {
        let ids: Vec<OrderId> = keys.iter().map(|key| key.0).collect();
        let found = self.messages_of(&ids).await.map_err(Arc::new)?;
        Ok(found.into_iter().map(|(id, messages)| (MessagesOf(id), messages)).collect())
    }
}

use std::collections::HashMap;

use kernel::{Fault, MessageId, OrderId, UserId};
use uuid::Uuid;

use super::{App, Filter, Message, Place, Template};
use crate::domain::{Preference, complete};
use crate::store::{listing, preference, read, template};

/// Reads: each is one statement, whatever the number of rows.
impl App {
    /// The message by its id, whoever it is for.
    ///
    /// # Errors
    /// The database's.
    pub async fn message(&self, id: MessageId) -> Result<Option<Message>, Fault> {
        Ok(read::by_id(&mut *self.pool.acquire().await?, id).await?)
    }

    /// What was written about the orders, oldest first.
    ///
    /// # Errors
    /// The database's.
    pub async fn messages_of(&self, orders: &[OrderId]) -> Result<HashMap<OrderId, Vec<Message>>, Fault> {
        let ids: Vec<Uuid> = orders.iter().map(|id| id.0).collect();
        let mut found: HashMap<_, Vec<_>> = HashMap::new();
        for message in read::of_orders(&mut *self.pool.acquire().await?, &ids).await? {
            if let Some(order) = message.order_id {
                found.entry(order).or_default().push(message);
            }
        }
        Ok(found)
    }

    /// A page of messages, newest first, with one more than `first` when there is a next page.
    ///
    /// # Errors
    /// The database's.
    pub async fn list(&self, filter: &Filter, after: Option<Place>, first: usize) -> Result<Vec<Message>, Fault> {
        let limit = i64::try_from(first.saturating_add(1))?;
        Ok(listing::page(&mut *self.pool.acquire().await?, filter, after, limit).await?)
    }

    /// How many messages the filter leaves.
    ///
    /// # Errors
    /// The database's.
    pub async fn count(&self, filter: &Filter) -> Result<i64, Fault> {
        Ok(listing::count(&mut *self.pool.acquire().await?, filter).await?)
    }

    /// What the account wants to be told, and how.
    ///
    /// # Errors
    /// The database's.
    pub async fn preferences(&self, user: UserId) -> Result<Vec<Preference>, Fault> {
        Ok(complete(&preference::of(&mut *self.pool.acquire().await?, user).await?))
    }

    /// The texts in use, by occasion, channel and language.
    ///
    /// # Errors
    /// The database's.
    pub async fn templates(&self) -> Result<Vec<Template>, Fault> {
        Ok(template::all(&mut *self.pool.acquire().await?).await?)
    }
}

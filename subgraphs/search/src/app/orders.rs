use kernel::Fault;

use super::{App, FoundOrder, OrderFilter, OrderPlace};
use crate::store::order_read;

impl App {
    /// A page of orders, newest first, with one more than `first` when there is a next page.
    ///
    /// # Errors
    /// The database's.
    pub async fn search_orders(
        &self,
        filter: &OrderFilter,
        after: Option<OrderPlace>,
        first: usize,
    ) -> Result<Vec<FoundOrder>, Fault> {
        let limit = i64::try_from(first.saturating_add(1))?;
        Ok(order_read::page(&mut *self.pool.acquire().await?, filter, after.as_ref(), limit).await?)
    }

    /// How many orders the filter leaves.
    ///
    /// # Errors
    /// The database's.
    pub async fn count_orders(&self, filter: &OrderFilter) -> Result<i64, Fault> {
        Ok(order_read::count(&mut *self.pool.acquire().await?, filter).await?)
    }
}

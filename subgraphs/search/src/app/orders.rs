use async_trait::async_trait;
use kernel::{Fault, FaultKind};
use sqlx::PgPool;

use super::{App, Follows, FoundOrder, IndexedOrder, OrderFilter, OrderIndex, OrderPlace};
use crate::store::order_read;

/// A page of orders, and how it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundOrders {
    /// The orders, newest first.
    pub orders: Vec<FoundOrder>,
    /// Whether there is a next page.
    pub has_next: bool,
    /// Whether the index could not be asked, so that the documents themselves were searched.
    pub degraded: bool,
}

impl App {
    /// A page of orders, newest first. When the index is away, the documents in the database answer: they know the same rules, so
    /// nothing is missing and a list goes on where it was.
    ///
    /// # Errors
    /// The index's, and the database's when the index is away.
    pub async fn search_orders(
        &self,
        filter: &OrderFilter,
        after: Option<OrderPlace>,
        first: usize,
    ) -> Result<FoundOrders, Fault> {
        let limit = first.saturating_add(1);
        let asked = self.orders.page(filter, after, limit).await;
        let degraded = asked.as_ref().is_err_and(|fault| self.searches_documents(fault));
        let mut orders = if degraded { self.documents.page(filter, after, limit).await? } else { asked? };
        let has_next = orders.len() > first;
        orders.truncate(first);
        Ok(FoundOrders { orders, has_next, degraded })
    }

    /// How many orders the filter leaves.
    ///
    /// # Errors
    /// The index's, and the database's when the index is away.
    pub async fn count_orders(&self, filter: &OrderFilter) -> Result<i64, Fault> {
        match self.orders.count(filter).await {
            Err(fault) if self.searches_documents(&fault) => self.documents.count(filter).await,
            counted => counted,
        }
    }

    /// Whether the documents are searched because the index is away; not when it was them that did not answer.
    fn searches_documents(&self, fault: &Fault) -> bool {
        let instead = fault.kind() == FaultKind::Unavailable && self.orders.follows().is_some();
        if instead {
            tracing::warn!(%fault, "the index of orders is away: searches the database");
        }
        instead
    }
}

/// The documents of orders as the index of them. Beginnings, equal values and spans of time are what PostgreSQL's own indexes are
/// made for, and what was written is seen at once.
#[derive(Debug, Clone)]
pub struct OrderDocuments {
    pool: PgPool,
}

impl OrderDocuments {
    /// The documents that these connections reach.
    pub fn new(pool: PgPool) -> Self {
        Self { pool }
    }
}

#[async_trait]
impl OrderIndex for OrderDocuments {
    async fn page(
        &self,
        filter: &OrderFilter,
        after: Option<OrderPlace>,
        limit: usize,
    ) -> Result<Vec<FoundOrder>, Fault> {
        let conn = &mut *self.pool.acquire().await?;
        Ok(order_read::page(conn, filter, after.as_ref(), i64::try_from(limit)?).await?)
    }

    async fn count(&self, filter: &OrderFilter) -> Result<i64, Fault> {
        Ok(order_read::count(&mut *self.pool.acquire().await?, filter).await?)
    }

    fn follows(&self) -> Option<&dyn Follows<IndexedOrder>> {
        None
    }
}

use std::fmt::Debug;

use async_trait::async_trait;
use kernel::Fault;
use time::OffsetDateTime;

use super::{Follows, FoundOrder, OrderFilter, OrderPlace, ProductSearch};
use crate::domain::{Facts, Listing, Text};

/// A product as an index takes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Indexed {
    /// What is filtered, sorted and counted.
    pub facts: Facts,
    /// The description as plain text.
    pub description: String,
    /// The variants' stock keeping units.
    pub skus: Vec<String>,
    /// The variants' titles.
    pub variants: Vec<String>,
}

/// An index of the products for sale.
#[async_trait]
pub trait ProductIndex: Follows<Indexed> {
    /// Differs after every change.
    ///
    /// # Errors
    /// `Unavailable` when its server is away, or when it was never filled.
    async fn generation(&self) -> Result<String, Fault>;

    /// A page of the products that match the text; of all when it is empty.
    ///
    /// # Errors
    /// `Unavailable` when its server is away, or when it was never filled.
    async fn search(&self, search: &ProductSearch) -> Result<Listing, Fault>;

    /// What somebody who has typed the prefix may want to search for.
    ///
    /// # Errors
    /// `Unavailable` when its server is away, or when it was never filled.
    async fn suggest(&self, prefix: &Text, first: usize) -> Result<Vec<String>, Fault>;
}

/// An order as an index takes it: what it is found by, and nothing else of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexedOrder {
    /// The number that people know it by.
    pub number: String,
    /// The shopper's address; none when the person left.
    pub email: Option<String>,
    /// Name of the status.
    pub status: String,
    /// When it was placed.
    pub placed_at: OffsetDateTime,
}

/// An index of all orders.
#[async_trait]
pub trait OrderIndex: Send + Sync + Debug {
    /// So many orders after the place, newest first, those of the same time by their ids.
    ///
    /// # Errors
    /// `Unavailable` when its server is away, or when it was never filled.
    async fn page(
        &self,
        filter: &OrderFilter,
        after: Option<OrderPlace>,
        limit: usize,
    ) -> Result<Vec<FoundOrder>, Fault>;

    /// How many orders the filter leaves.
    ///
    /// # Errors
    /// `Unavailable` when its server is away, or when it was never filled.
    async fn count(&self, filter: &OrderFilter) -> Result<i64, Fault>;

    /// The index as what follows the documents; none when the documents themselves are searched.
    fn follows(&self) -> Option<&dyn Follows<IndexedOrder>>;
}

use std::fmt::Debug;

use async_trait::async_trait;
use kernel::{Fault, ProductId};
use uuid::Uuid;

use super::ProductSearch;
use crate::domain::{Facts, Listing, Text};

/// How far an index has come: it holds every change of this database up to the number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reached {
    /// Which making of the index this is: what was read of one must not be told to another that took its place.
    pub build: u64,
    /// Names the database; nil for an index that holds nothing yet.
    pub source: Uuid,
    /// The number of the latest change.
    pub seq: i64,
}

impl Reached {
    /// Whether it holds nothing yet, not even of an empty database.
    pub fn is_nothing(&self) -> bool {
        self.source.is_nil()
    }
}

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

/// A change of an index.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The product.
    pub id: ProductId,
    /// The number of the change: of two changes of a product the one with the higher number counts, whatever comes first.
    pub seq: i64,
    /// What the product is like now; none when it is not for sale.
    pub product: Option<Box<Indexed>>,
}

/// An index of the products for sale.
#[async_trait]
pub trait ProductIndex: Send + Sync + Debug {
    /// How far it has come. An index that is missing, of another version, or corrupt has reached nothing.
    ///
    /// # Errors
    /// When its place cannot be used; of the kind `Unavailable` when its server is away or too slow.
    async fn reached(&self) -> Result<Reached, Fault>;

    /// Applies the changes and then remembers how far it has come. Doubled and late changes do no harm.
    ///
    /// # Errors
    /// When it cannot be written, or when another index took its place meanwhile: it has then come no further than before.
    async fn apply(&self, changes: Vec<Change>, reached: Reached) -> Result<(), Fault>;

    /// Begins an empty index beside the one that is searched, in place of any that was begun before and not finished.
    ///
    /// # Errors
    /// When its place cannot be used.
    async fn begin(&self) -> Result<Box<dyn NewIndex>, Fault>;

    /// Lets go of what it has open and looks at its place again.
    async fn reopen(&self);

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

/// An index that is filled beside the one that is searched.
#[async_trait]
pub trait NewIndex: Send + Debug {
    /// Takes in the changes, which come in the order of their numbers.
    ///
    /// # Errors
    /// When it cannot be written.
    async fn add(&mut self, changes: Vec<Change>) -> Result<(), Fault>;

    /// Puts it in the place of the one that is searched, at once, and drops that. It holds every change of the source up to
    /// the number.
    ///
    /// # Errors
    /// When it cannot be written: the one that is searched then stays.
    async fn finish(self: Box<Self>, source: Uuid, seq: i64) -> Result<(), Fault>;
}

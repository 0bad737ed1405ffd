use std::fmt::Debug;

use kernel::{Fault, ProductId};
use uuid::Uuid;

use crate::domain::{Facts, Filter, Listing, Place, Sort, Text};

/// How far an index has come: it holds every change of this database up to the number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reached {
    /// Names the database; nil for an index that holds nothing yet.
    pub source: Uuid,
    /// The number of the latest change.
    pub seq: i64,
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
pub enum Change {
    /// The product is like this now.
    Put(Box<Indexed>),
    /// The product is not for sale.
    Remove(ProductId),
}

/// An index of the products for sale. Every method blocks.
pub trait ProductIndex: Send + Sync + Debug {
    /// How far it has come. An index that is missing, of another version, or corrupt has reached nothing.
    ///
    /// # Errors
    /// When its place cannot be used.
    fn reached(&self) -> Result<Reached, Fault>;

    /// Applies the changes, all or none, and remembers how far it has come.
    ///
    /// # Errors
    /// When it cannot be written; it is then what it was.
    fn apply(&self, changes: Vec<Change>, reached: Reached) -> Result<(), Fault>;

    /// Throws everything away.
    ///
    /// # Errors
    /// When its place cannot be used.
    fn clear(&self) -> Result<(), Fault>;

    /// Lets go of what it has open and looks at its place again; begins anew if that is broken.
    fn reopen(&self);

    /// Differs after every change.
    ///
    /// # Errors
    /// When its place cannot be used.
    fn generation(&self) -> Result<String, Fault>;

    /// A page of the products that match the text; of all when it is empty.
    ///
    /// # Errors
    /// When it cannot be read.
    fn search(
        &self,
        text: &Text,
        filter: &Filter,
        sort: Sort,
        after: Option<&Place>,
        first: usize,
    ) -> Result<Listing, Fault>;

    /// What somebody who has typed the prefix may want to search for.
    ///
    /// # Errors
    /// When it cannot be read.
    fn suggest(&self, prefix: &Text, first: usize) -> Result<Vec<String>, Fault>;
}

use std::fmt::Debug;

use async_trait::async_trait;
use kernel::Fault;
use uuid::Uuid;

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

/// A change of an index of such documents.
#[derive(Debug, Clone, PartialEq)]
pub struct Change<T> {
    /// What changed.
    pub id: Uuid,
    /// The number of the change: of two changes of a document the one with the higher number counts, whatever comes first.
    pub seq: i64,
    /// What it is like now; none when it is not to be found.
    pub document: Option<T>,
}

/// An index that follows the changes of documents in the database.
#[async_trait]
pub trait Follows<T: Send + 'static>: Send + Sync + Debug {
    /// How far it has come. An index that is missing, of another version, or corrupt has reached nothing.
    ///
    /// # Errors
    /// When its place cannot be used; of the kind `Unavailable` when its server is away or too slow.
    async fn reached(&self) -> Result<Reached, Fault>;

    /// Applies the changes and then remembers how far it has come. Doubled and late changes do no harm.
    ///
    /// # Errors
    /// When it cannot be written, or when another index took its place meanwhile: it has then come no further than before.
    async fn apply(&self, changes: Vec<Change<T>>, reached: Reached) -> Result<(), Fault>;

    /// Begins an empty index beside the one that is searched, in place of any that was begun before and not finished.
    ///
    /// # Errors
    /// When its place cannot be used.
    async fn begin(&self) -> Result<Box<dyn NewIndex<T>>, Fault>;

    /// Lets go of what it has open and looks at its place again.
    async fn reopen(&self);
}

/// An index that is filled beside the one that is searched.
#[async_trait]
pub trait NewIndex<T: Send + 'static>: Send + Debug {
    /// Takes in the changes, which come in the order of their numbers.
    ///
    /// # Errors
    /// When it cannot be written.
    async fn add(&mut self, changes: Vec<Change<T>>) -> Result<(), Fault>;

    /// Puts it in the place of the one that is searched, at once, and drops that. It holds every change of the source up to
    /// the number.
    ///
    /// # Errors
    /// When it cannot be written: the one that is searched then stays.
    async fn finish(self: Box<Self>, source: Uuid, seq: i64) -> Result<(), Fault>;
}

use async_trait::async_trait;
use kernel::Fault;
use sqlx::PgConnection;
use uuid::Uuid;

use super::change::change;
use super::{Change, Indexed, IndexedOrder, Source};
use crate::store::{order, product};

/// A place in the changes, of which several may have the number 0: documents that have not changed since there are numbers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct After {
    pub(crate) seq: i64,
    pub(crate) id: Uuid,
}

impl After {
    /// Before everything.
    pub(super) const NOTHING: Self = Self { seq: 0, id: Uuid::nil() };

    /// After everything of this number.
    pub(super) fn number(seq: i64) -> Self {
        Self { seq, id: Uuid::max() }
    }
}

/// Documents in the database that an index is made of.
#[async_trait]
pub(super) trait Documents: Sized + Send + 'static {
    /// How metrics and logs call the index.
    const NAME: &'static str;
    /// Names the lock of who makes the index anew.
    const MAKES: &'static str;

    async fn source(conn: &mut PgConnection) -> Result<Source, Fault>;

    async fn count(conn: &mut PgConnection) -> Result<i64, Fault>;

    /// The next changes, in the order of their numbers and then their ids.
    async fn changed_after(conn: &mut PgConnection, after: After, limit: i64) -> Result<Vec<Change<Self>>, Fault>;
}

#[async_trait]
impl Documents for Indexed {
    const NAME: &'static str = "products";
    const MAKES: &'static str = "search.rebuild";

    async fn source(conn: &mut PgConnection) -> Result<Source, Fault> {
        Ok(product::source(conn).await?)
    }

    async fn count(conn: &mut PgConnection) -> Result<i64, Fault> {
        Ok(product::count(conn).await?)
    }

    async fn changed_after(conn: &mut PgConnection, after: After, limit: i64) -> Result<Vec<Change<Self>>, Fault> {
        // Every product has a number of its own.
        Ok(product::changed_after(conn, after.seq, limit).await?.into_iter().map(change).collect())
    }
}

#[async_trait]
impl Documents for IndexedOrder {
    const NAME: &'static str = "orders";
    const MAKES: &'static str = "search.rebuild.orders";

    async fn source(conn: &mut PgConnection) -> Result<Source, Fault> {
        Ok(order::source(conn).await?)
    }

    async fn count(conn: &mut PgConnection) -> Result<i64, Fault> {
        Ok(order::count(conn).await?)
    }

    async fn changed_after(conn: &mut PgConnection, after: After, limit: i64) -> Result<Vec<Change<Self>>, Fault> {
        Ok(order::changed_after(conn, after, limit).await?)
    }
}

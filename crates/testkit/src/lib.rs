//! Dev-dependency: databases, actors and clocks for tests.

mod graph;
mod statements;
mod wire;

use std::sync::atomic::{AtomicU64, Ordering};

use chassis::Schema;
use kernel::{Actor, Clock, Scope, UserId};
use sqlx::PgPool;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

pub use graph::{ask, undescribed};
pub use statements::Statements;
pub use wire::{Wire, outbox};

/// A clock that a test moves, and ids that count: the same in every run.
#[derive(Debug, Default)]
pub struct ManualClock {
    seconds: AtomicU64,
    ids: AtomicU64,
}

impl ManualClock {
    /// Moves the time forward.
    pub fn advance(&self, seconds: u64) {
        self.seconds.fetch_add(seconds, Ordering::Relaxed);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> OffsetDateTime {
        // 1 January 2026, 00:00 UTC.
        let start = OffsetDateTime::UNIX_EPOCH + Duration::seconds(1_767_225_600);
        let passed = i64::try_from(self.seconds.load(Ordering::Relaxed)).unwrap_or(i64::MAX);
        start + Duration::seconds(passed)
    }

    fn uuid(&self) -> Uuid {
        let count = self.ids.fetch_add(1, Ordering::Relaxed) + 1;
        Uuid::new_v8(u128::from(count).to_be_bytes())
    }

    fn secret(&self) -> Uuid {
        self.uuid()
    }
}

/// Brings an empty database, as `sqlx::test` gives it, to the service's schema.
///
/// # Panics
/// When a migration fails.
pub async fn migrate(pool: &PgPool, schema: &Schema) {
    let mut conn = pool.acquire().await.expect("the test database accepts connections");
    schema.migrate(&mut conn).await.expect("the migrations apply to an empty database");
}

/// A signed-in account with these scopes.
pub fn staff(scopes: impl IntoIterator<Item = Scope>) -> Actor {
    Actor::User { id: UserId(Uuid::nil()), scopes: scopes.into_iter().collect() }
}

/// A signed-in shopper: an account without scopes.
pub fn shopper(id: u128) -> Actor {
    Actor::User { id: UserId(Uuid::from_u128(id)), scopes: [].into() }
}

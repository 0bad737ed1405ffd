//! Time and new ids, the two things a deterministic test must control.

use std::fmt::Debug;

use time::OffsetDateTime;
use uuid::Uuid;

/// The source of time and of new ids. Everything that needs either takes it as a parameter.
pub trait Clock: Send + Sync + Debug {
    /// The current time in UTC, in whole microseconds (what PostgreSQL stores).
    fn now(&self) -> OffsetDateTime;
    /// A new UUIDv7 (RFC 9562).
    fn uuid(&self) -> Uuid;
    /// A new random UUIDv4, for ids that nobody must guess: 122 bits from the machine's secure random source.
    fn secret(&self) -> Uuid;
}

/// The machine's clock and random source.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

#[expect(clippy::disallowed_methods, reason = "the one place where ambient time and ids enter")]
impl Clock for SystemClock {
    fn now(&self) -> OffsetDateTime {
        let now = OffsetDateTime::now_utc();
        now.replace_nanosecond(now.nanosecond() / 1_000 * 1_000).unwrap_or(now)
    }

    fn uuid(&self) -> Uuid {
        Uuid::now_v7()
    }

    fn secret(&self) -> Uuid {
        Uuid::new_v4()
    }
}

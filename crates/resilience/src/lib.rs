//! What keeps a service standing when the world is not kind: a cache, counters, limits, locks, idempotency keys, and a circuit
//! breaker with retry for calls that leave the process.
//!
//! Cache, counters, limits and locks are ports with two implementations: in the memory of this process, and in [`Redis`] for all
//! processes. Both pass the same tests.

pub mod cache;
pub mod counters;
pub mod idempotency;
pub mod lock;
pub mod outgoing;
mod redis_server;
pub mod throttle;

pub use redis_server::Redis;

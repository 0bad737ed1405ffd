//! What keeps a service standing when the world is not kind: a cache, limits, idempotency keys.

pub mod cache;
pub mod idempotency;
pub mod throttle;

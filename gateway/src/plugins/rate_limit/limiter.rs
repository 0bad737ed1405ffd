//! The rate limit itself: a generic cell rate algorithm per client, in process.

use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};

/// Clients that fell silent are forgotten once per this many checks, which bounds the memory.
const CHECKS_BETWEEN_SWEEPS: u32 = 16_384;

/// One caller in the eyes of the limit.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum ClientKey {
    /// The keyed hash of the credentials, so that the table holds no secret.
    Token(u64),
    Address(IpAddr),
    Unknown,
}

/// The request came too early.
#[derive(Debug)]
pub(super) struct Refusal {
    wait: Duration,
}

impl Refusal {
    /// Whole seconds for `Retry-After`, rounded up and at least one.
    pub(super) fn retry_after_seconds(&self) -> u64 {
        let rounded_up = self.wait.as_secs() + u64::from(self.wait.subsec_nanos() > 0);
        rounded_up.max(1)
    }
}

/// What the environment says about the limit.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Settings {
    /// `None` turns the limit off.
    pub(super) quota: Option<Quota>,
    /// How many proxies of ours stand before the gateway.
    pub(super) trusted_proxies: usize,
}

impl Settings {
    /// Reads `RATE_LIMIT_PER_SECOND`, `RATE_LIMIT_BURST` and `TRUSTED_PROXIES`.
    pub(super) fn from_settings(setting: impl Fn(&str) -> Option<String>) -> Result<Self, InvalidSetting> {
        let number = |name: &'static str, default: u32| match setting(name) {
            None => Ok(default),
            Some(value) if value.is_empty() => Ok(default),
            Some(value) => value.trim().parse::<u32>().map_err(|_| InvalidSetting { name, value }),
        };
        let per_second = number("RATE_LIMIT_PER_SECOND", 500)?;
        let burst = number("RATE_LIMIT_BURST", per_second.saturating_mul(2))?;
        let quota = NonZeroU32::new(per_second).map(|rate| {
            // A burst of nothing would refuse everything; the smallest sensible one is a single request.
            Quota::per_second(rate).allow_burst(NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN))
        });
        let trusted_proxies = number("TRUSTED_PROXIES", 0)?;
        Ok(Self { quota, trusted_proxies: usize::try_from(trusted_proxies).unwrap_or(usize::MAX) })
    }
}

/// A setting that is not a whole number.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct InvalidSetting {
    name: &'static str,
    value: String,
}

impl std::fmt::Display for InvalidSetting {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { name, value } = self;
        write!(formatter, "{name} is {value:?}; set it to a whole number, or unset it for the default")
    }
}

impl std::error::Error for InvalidSetting {}

/// Counts the requests of every client.
pub(super) struct Limiter<C: Clock = DefaultClock> {
    cells: RateLimiter<ClientKey, DefaultKeyedStateStore<ClientKey>, C, NoOpMiddleware<C::Instant>>,
    checks: AtomicU32,
    hasher: RandomState,
}

impl Limiter {
    pub(super) fn new(quota: Quota) -> Self {
        Self::with_clock(quota, DefaultClock::default())
    }
}

impl<C: Clock> Limiter<C> {
    pub(super) fn with_clock(quota: Quota, clock: C) -> Self {
        Self {
            cells: RateLimiter::new(quota, DefaultKeyedStateStore::default(), clock),
            checks: AtomicU32::new(0),
            hasher: RandomState::new(),
        }
    }

    /// Takes one request off the client's allowance.
    pub(super) fn check(&self, key: &ClientKey) -> Result<(), Refusal> {
        let checks = self.checks.fetch_add(1, Ordering::Relaxed);
        if checks % CHECKS_BETWEEN_SWEEPS == CHECKS_BETWEEN_SWEEPS - 1 {
            self.cells.retain_recent();
        }
        self.cells.check_key(key).map_err(|refused| Refusal { wait: refused.wait_time_from(self.cells.clock().now()) })
    }

    /// Credentials name a client; without them the address does. `X-Forwarded-For` is believed only as far back as our
    /// own proxies wrote it: each appends the address it saw, so theirs are the last ones.
    pub(super) fn client_key<'a>(
        &self,
        authorization: Option<&str>,
        peer: Option<IpAddr>,
        forwarded_for: impl Iterator<Item = &'a str>,
        trusted_proxies: usize,
    ) -> ClientKey {
        if let Some(credentials) = authorization.filter(|value| !value.is_empty()) {
            return ClientKey::Token(self.hasher.hash_one(credentials));
        }
        let forwarded = || {
            let addresses: Vec<&str> = forwarded_for.flat_map(|list| list.split(',')).collect();
            let index = addresses.len().checked_sub(trusted_proxies)?;
            addresses.get(index)?.trim().parse().ok()
        };
        let address = if trusted_proxies == 0 { None } else { forwarded() };
        address.or(peer).map_or(ClientKey::Unknown, ClientKey::Address)
    }
}

#[cfg(test)]
#[path = "limiter_tests.rs"]
mod tests;

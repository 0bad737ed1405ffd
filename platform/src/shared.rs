//! What the services of a process share: servers where the environment names them, and what is built in where it does not.

use std::future::ready;
use std::sync::Arc;

use chassis::{Part, Parts, StartError};
use gql::TokenVerifier;
use kernel::{Clock, SystemClock};
use messaging::{Bus, EmbeddedBus, Rabbit, rabbit};
use resilience::Redis;
use resilience::cache::{self, Cache};
use resilience::counters::{self, Counters};
use resilience::lock::{self, Locks};
use resilience::throttle::{self, Throttle};
use search::Index;

use crate::Settings;
use crate::environment::{is_production, value};
use crate::redis::{Purpose, Servers};

/// Memory for answers of searches, in bytes.
const SEARCH_CACHE: u64 = 16 << 20;
/// The servers that stand in for the built-in parts.
const SERVERS: [&str; 4] = ["DATABASE_URL", "AMQP_URL", "REDIS_URL", "OPENSEARCH_URL"];

pub(crate) struct Shared {
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) verifier: Arc<TokenVerifier>,
    pub(crate) bus: Arc<dyn Bus>,
    pub(crate) cache: Arc<dyn Cache>,
    pub(crate) throttle: Arc<dyn Throttle>,
    pub(crate) counters: Arc<dyn Counters>,
    /// Among the processes that share the index.
    pub(crate) index_locks: Arc<dyn Locks>,
    pub(crate) index: Index,
    events: Events,
    /// Which service works with which server.
    redis: Vec<(&'static str, Redis)>,
}

/// What carries events.
#[derive(Clone)]
pub(crate) struct Events {
    pub(crate) bus: Arc<dyn Bus>,
    rabbit: Option<Arc<Rabbit>>,
    embedded: Option<Arc<EmbeddedBus>>,
}

impl Events {
    /// Connects to the broker that the environment names, or takes the queues in PostgreSQL.
    ///
    /// # Errors
    /// When the variable cannot be used, or the broker is away.
    async fn connect(clock: Arc<dyn Clock>) -> Result<Self, StartError> {
        let Some(url) = value("AMQP_URL") else {
            let bus = Arc::new(EmbeddedBus::new(clock));
            return Ok(Self { bus: bus.clone(), rabbit: None, embedded: Some(bus) });
        };
        let connected = Rabbit::connect(url.into(), rabbit::Options::default()).await;
        let rabbit = Arc::new(connected.map_err(|error| unusable("AMQP_URL", error.to_string()))?);
        Ok(Self { bus: rabbit.clone(), rabbit: Some(rabbit), embedded: None })
    }

    /// The same for making the queues, which needs the database and the broker and no other server.
    ///
    /// # Errors
    /// As [`Self::connect`], or when production lacks one of the two.
    pub(crate) async fn connect_alone(settings: &Settings) -> Result<Self, StartError> {
        refuse_embedded_in_production(is_production(), &["DATABASE_URL", "AMQP_URL"], |name| is_set(name, settings))?;
        Self::connect(Arc::new(SystemClock)).await
    }

    /// Closes what was connected. To be called after everything that publishes has ended.
    pub(crate) async fn close(&self) {
        if let Some(rabbit) = &self.rabbit {
            rabbit.close().await;
        }
    }
}

fn unusable(name: &str, why: String) -> StartError {
    StartError::new(format!("{name}: {why}"), format!("correct {name}, or start the server it names"))
}

impl Shared {
    /// The queues in PostgreSQL, where no broker is named.
    pub(crate) fn embedded_bus(&self) -> Option<Arc<EmbeddedBus>> {
        self.events.embedded.clone()
    }

    /// Connects to what the environment names. An embedded index lies in the data folder.
    ///
    /// # Errors
    /// When a variable cannot be used, a broker is away, or production lacks a server.
    pub(crate) async fn connect(settings: &Settings) -> Result<Self, StartError> {
        refuse_embedded_in_production(is_production(), &SERVERS, |name| is_set(name, settings))?;
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let events = Events::connect(clock.clone()).await?;
        let mut redis = Servers::default();
        let index = Index::from_env(settings.data_dir.join("search"))
            .map_err(|fault| unusable("OPENSEARCH_URL", fault.to_string()))?;
        // Answers of an index that only this process has must not reach another's.
        let cache: Arc<dyn Cache> = match (redis.for_purpose(Purpose::Queries)?, &index) {
            (Some(redis), Index::OpenSearch(_)) => Arc::new(cache::InRedis::new(redis)),
            _ => Arc::new(cache::InProcess::new(SEARCH_CACHE)),
        };
        // Nor does such an index wait for another process to write it.
        let index_locks: Arc<dyn Locks> = match (redis.for_purpose(Purpose::Locks)?, &index) {
            (Some(redis), Index::OpenSearch(_)) => Arc::new(lock::InRedis::new(redis)),
            _ => Arc::new(lock::InProcess::new(clock.clone())),
        };
        let counters: Arc<dyn Counters> = match redis.for_purpose(Purpose::Stock)? {
            Some(redis) => Arc::new(counters::InRedis::new(redis, inventory::COUNTED_FOR)),
            None => Arc::new(counters::InProcess::new(inventory::COUNTED_FOR)),
        };
        let throttle: Arc<dyn Throttle> = match redis.for_purpose(Purpose::RateLimit)? {
            Some(redis) => Arc::new(throttle::InRedis::new(redis)),
            None => Arc::new(throttle::InProcess::default()),
        };
        let mut used = Vec::new();
        let purposes = [
            (auth::NAME, Purpose::RateLimit),
            (search::NAME, Purpose::Queries),
            (search::NAME, Purpose::Locks),
            (inventory::NAME, Purpose::Stock),
        ];
        for (service, purpose) in purposes {
            used.extend(redis.for_purpose(purpose)?.map(|server| (service, server)));
        }
        // Two purposes on one server are one part.
        used.dedup_by_key(|(service, server)| (*service, server.target()));
        let bus = events.bus.clone();
        let verifier = Arc::new(TokenVerifier::untrusting());
        Ok(Self { clock, verifier, bus, cache, throttle, counters, index_locks, index, events, redis: used })
    }

    /// The servers beside the database that the service works with.
    pub(crate) fn parts_of(&self, service: &str) -> Parts {
        let mut parts = Vec::new();
        if let Some(rabbit) = self.events.rabbit.clone() {
            parts.push(Part::new("broker", move || ready(rabbit.is_connected())));
        }
        for (_, redis) in self.redis.iter().filter(|(user, _)| *user == service) {
            let redis = redis.clone();
            parts.push(Part::new(redis.target(), move || {
                let redis = redis.clone();
                async move { redis.ping().await.is_ok() }
            }));
        }
        if let (Index::OpenSearch(server), search::NAME) = (self.index.clone(), service) {
            parts.push(Part::new("opensearch", move || {
                let server = server.clone();
                async move { server.answers().await }
            }));
        }
        Parts::new(parts)
    }

    /// Closes what was connected. To be called after everything that publishes has ended.
    pub(crate) async fn close(&self) {
        self.events.close().await;
    }
}

/// One line: which part is where.
pub(crate) fn parts(settings: &Settings) -> String {
    parts_where(|name| is_set(name, settings))
}

fn parts_where(is_set: impl Fn(&str) -> bool) -> String {
    let part = |name: &str, server: &'static str, embedded: &'static str| if is_set(name) { server } else { embedded };
    let redis = Purpose::PARTS
        .map(|(part, purpose)| format!("{part} {}", if purpose.is_served(&is_set) { "Redis" } else { "in process" }));
    format!(
        "Parts: database {}, events {}, {}, search {}",
        part("DATABASE_URL", "of DATABASE_URL", "private PostgreSQL"),
        part("AMQP_URL", "RabbitMQ", "queues in PostgreSQL"),
        redis.join(", "),
        part("OPENSEARCH_URL", "OpenSearch", "Tantivy, of orders PostgreSQL"),
    )
}

/// Whether the server is named. The database may also be named on the command line, and Redis for each purpose by itself.
fn is_set(name: &str, settings: &Settings) -> bool {
    is_served(name, |name| if name == "DATABASE_URL" { settings.names_database() } else { value(name).is_some() })
}

/// Whether nothing is left to be built in for which the variable stands.
fn is_served(name: &str, is_set: impl Fn(&str) -> bool) -> bool {
    match name {
        "REDIS_URL" => Purpose::PARTS.iter().all(|(_, purpose)| purpose.is_served(&is_set)),
        name => is_set(name),
    }
}

/// In production a part that loses its data with its process, or that replicas do not share, is a mistake.
fn refuse_embedded_in_production(
    production: bool,
    needed: &[&str],
    is_set: impl Fn(&str) -> bool,
) -> Result<(), StartError> {
    let missing: Vec<&str> = needed.iter().copied().filter(|name| production && !is_set(name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(StartError::new(
        format!("APP_ENV is production, and not set: {}", missing.join(", ")),
        "name the servers, or leave APP_ENV unset on a developer's machine",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_says_where_it_is() {
        let line = parts_where(|name| ["AMQP_URL", "REDIS_LOCKS_URL"].contains(&name));
        let rest = "cache in process, stock counters in process, limits in process, locks Redis, search Tantivy, of orders PostgreSQL";
        assert_eq!(line, format!("Parts: database private PostgreSQL, events RabbitMQ, {rest}"));
        let all = parts_where(|name| name == "REDIS_URL");
        assert!(all.contains("cache Redis, stock counters Redis, limits Redis, locks Redis"), "{all}");
    }

    #[test]
    fn production_names_every_server_that_it_lacks_and_development_needs_none() {
        let error =
            refuse_embedded_in_production(true, &SERVERS, |name| name == "DATABASE_URL").expect_err("some are missing");
        assert!(error.to_string().contains("AMQP_URL, REDIS_URL, OPENSEARCH_URL"), "{error}");
        assert!(refuse_embedded_in_production(true, &SERVERS, |_| true).is_ok());
        assert!(refuse_embedded_in_production(false, &SERVERS, |_| false).is_ok());
    }

    #[test]
    fn a_server_of_redis_for_each_purpose_is_as_good_as_one_for_all() {
        let own = ["REDIS_QUERIES_URL", "REDIS_RATELIMIT_URL", "REDIS_LOCKS_URL", "REDIS_STOCK_URL"];
        assert!(is_served("REDIS_URL", |name| own.contains(&name)));
        assert!(is_served("REDIS_URL", |name| name == "REDIS_URL"));
        for missing in own {
            assert!(!is_served("REDIS_URL", |name| own.contains(&name) && name != missing), "{missing}");
        }
    }
}

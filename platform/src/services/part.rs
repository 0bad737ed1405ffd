//! One subgraph: its part of the database, what it works with, and what it is made of.

use chassis::{Service, StartError};
use messaging::{Consumer, Outbox};
use sqlx::PgPool;

use super::broken;
use crate::data::Data;
use crate::shared::Shared;

/// A subgraph that is ready to run.
pub(super) struct Part {
    pub(super) name: &'static str,
    pub(super) pool: PgPool,
    pub(super) service: Service,
    pub(super) consumer: Option<Consumer>,
}

/// Opens the service's part of the database, migrated.
pub(super) async fn open(data: &Data, name: &'static str) -> Result<(&'static str, PgPool), StartError> {
    let schema = match name {
        auth::NAME => auth::schema(),
        users::NAME => users::schema(),
        products::NAME => products::schema(),
        inventory::NAME => inventory::schema(),
        orders::NAME => orders::schema(),
        payments::NAME => payments::schema(),
        notifications::NAME => notifications::schema(),
        search::NAME => search::schema(),
        unknown => {
            return Err(StartError::new(format!("there is no service {unknown}"), "see `techcorp serve --help`"));
        }
    };
    Ok((name, data.open(schema).await?))
}

/// Builds the service of the name. The whole platform in one process, with its queues in the database, needs no relay.
pub(super) async fn part(name: &'static str, pool: PgPool, shared: &Shared, whole: bool) -> Result<Part, StartError> {
    let outbox = if whole { Outbox::into_queues(name) } else { Outbox::new(name) };
    let (clock, verifier) = (shared.clock.clone(), shared.verifier.clone());
    macro_rules! part {
        ($service:ident { $($extra:ident: $value:expr),* }) => {{
            let resources = $service::Resources { pool: pool.clone(), clock, verifier, $($extra: $value),* };
            let consumer = Some($service::consumer(&resources));
            Part { name, pool, service: $service::service(&resources), consumer }
        }};
    }
    Ok(match name {
        auth::NAME => {
            let resources = auth_resources(pool.clone(), shared, outbox);
            auth::prepare(&resources).await.map_err(|fault| broken("cannot prepare the signing keys", &fault))?;
            Part { name, pool, service: auth::service(&resources), consumer: Some(auth::consumer(&resources)) }
        }
        users::NAME => part!(users { outbox: outbox }),
        inventory::NAME => part!(inventory { outbox: outbox, counters: shared.counters.clone() }),
        orders::NAME => part!(orders { outbox: outbox }),
        payments::NAME => {
            let providers = payments::Providers::from_env(&pool, &clock)?;
            part!(payments { outbox: outbox, providers: providers })
        }
        notifications::NAME => part!(notifications { outbox: outbox, channel: notifications::adapters::from_env()? }),
        search::NAME => part!(search {
            index: shared.index.clone(),
            cache: shared.cache.clone(),
            locks: shared.index_locks.clone()
        }),
        _ => {
            let resources = products::Resources { pool: pool.clone(), clock, outbox, verifier };
            Part { name, pool, service: products::service(&resources), consumer: None }
        }
    })
}

/// What auth works with, also for who calls its use cases without the graph.
pub(crate) fn auth_resources(pool: PgPool, shared: &Shared, outbox: Outbox) -> auth::Resources {
    let (clock, verifier, throttle) = (shared.clock.clone(), shared.verifier.clone(), shared.throttle.clone());
    auth::Resources { pool, clock, outbox, verifier, throttle }
}

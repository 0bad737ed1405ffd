//! The bus without a broker: durable queues in PostgreSQL, in which [`Rabbit`](crate::Rabbit) keeps what waits for another
//! attempt and the dead letters, too.
//!
//! One consumer at a time works on a queue, for the length of a transaction, which is what keeps the order.

pub mod dead_letters;
mod grants;
pub(crate) mod queue;

pub use dead_letters::DeadLetter;
pub use grants::{administrator_grants, grants};

use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use events::Envelope;
use kernel::Clock;
use listen::Notifications;
use sqlx::migrate::Migration;
use sqlx::{PgConnection, PgPool};
use tokio::sync::watch;

use crate::source::Source;
use crate::{Bus, BusError, Consumer, Worker};

/// The schema of the queues, which all services share.
pub const SCHEMA: &str = "bus";

/// The tables of the queues, for the schema [`SCHEMA`].
pub fn migrations() -> Vec<Migration> {
    [
        (1, "queues", include_str!("../../migrations/bus/0001_queues.sql")),
        (2, "parked", include_str!("../../migrations/bus/0002_parked.sql")),
        (3, "dead letters", include_str!("../../migrations/bus/0003_dead_letters.sql")),
        (4, "bound", include_str!("../../migrations/bus/0004_bound.sql")),
        (5, "lean", include_str!("../../migrations/bus/0005_lean.sql")),
    ]
    .into_iter()
    .map(|(version, name, sql)| crate::migration(version, name, sql.to_owned()))
    .collect()
}

/// Queues in the database of the services. All services of a process share one, so that publishing wakes consumers at
/// once; consumers in other processes find their messages by polling.
#[derive(Debug)]
pub struct EmbeddedBus {
    clock: Arc<dyn Clock>,
    waiting: Mutex<Vec<Waiting>>,
}

#[derive(Debug)]
struct Waiting {
    queue: &'static str,
    kinds: Vec<&'static str>,
    hurried: Vec<&'static str>,
    /// How often it was woken for something that gathers for nobody.
    wake: watch::Sender<u64>,
}

impl EmbeddedBus {
    /// A bus that stamps messages with the clock's time.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, waiting: Mutex::default() }
    }

    /// Wakes consumers in this process whenever something is put into their queues, for as long as the process runs.
    pub async fn follow(&self, notifications: &Notifications) {
        let filled = |told: Option<&str>| match told {
            Some(told) => {
                let (queue, kinds) = told.split_once(' ').unwrap_or((told, ""));
                let kinds: Vec<&str> = kinds.split(' ').collect();
                self.wake_those(|consumer| consumer.queue == queue, |consumer| consumer.hurries_for(&kinds));
            }
            // Whatever it was that came before.
            None => self.wake_those(|_| true, |consumer| !consumer.hurried.is_empty()),
        };
        notifications.listen(queue::FILLED, filled).await;
    }

    fn wakes_on(&self, consumer: &Consumer) -> watch::Receiver<u64> {
        let (wake, woken) = watch::channel(0);
        let (kinds, hurried) = (consumer.kinds(), consumer.hurried());
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.retain(|consumer| !consumer.wake.is_closed());
        waiting.push(Waiting { queue: consumer.name, kinds, hurried, wake });
        woken
    }

    fn wake_those(&self, wanted: impl Fn(&Waiting) -> bool, hurries: impl Fn(&Waiting) -> bool) {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        for consumer in waiting.iter().filter(|consumer| wanted(consumer)) {
            consumer.wake.send_modify(|hurries_so_far| *hurries_so_far += u64::from(hurries(consumer)));
        }
    }
}

impl Waiting {
    fn hurries_for(&self, kinds: &[&str]) -> bool {
        kinds.iter().any(|kind| self.hurried.contains(kind))
    }
}

#[async_trait]
impl Bus for EmbeddedBus {
    async fn publish(&self, conn: &mut PgConnection, batch: &[Envelope]) -> Result<(), BusError> {
        queue::fill(conn, batch, self.clock.now()).await?;
        Ok(())
    }

    fn wake(&self, batch: &[Envelope]) {
        let kinds: Vec<&str> = batch.iter().map(|envelope| envelope.kind.as_str()).collect();
        let wanted = |consumer: &Waiting| kinds.iter().any(|kind| consumer.kinds.contains(kind));
        self.wake_those(wanted, |consumer| consumer.hurries_for(&kinds));
    }

    async fn subscribe(&self, pool: &PgPool, queue: &'static str, kinds: &[&'static str]) -> Result<(), BusError> {
        Ok(queue::subscribe(&mut *pool.acquire().await?, queue, kinds).await?)
    }

    async fn attach(&self, consumer: Consumer) -> Result<Worker, BusError> {
        self.subscribe(&consumer.pool, consumer.name, &consumer.kinds()).await?;
        let woken = self.wakes_on(&consumer);
        Ok(Worker::new(consumer, Source::Table { woken, seen: 0 }))
    }
}

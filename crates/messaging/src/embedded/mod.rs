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
    wake: watch::Sender<()>,
}

impl EmbeddedBus {
    /// A bus that stamps messages with the clock's time.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, waiting: Mutex::default() }
    }

    /// Wakes consumers in this process whenever something is put into their queues, for as long as the process runs.
    pub async fn follow(&self, notifications: &Notifications) {
        let filled =
            |queue: Option<&str>| self.wake_those(|consumer| queue.is_none_or(|queue| queue == consumer.queue));
        notifications.listen(queue::FILLED, filled).await;
    }

    fn wakes_on(&self, queue: &'static str, kinds: Vec<&'static str>) -> watch::Receiver<()> {
        let (wake, woken) = watch::channel(());
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.retain(|consumer| !consumer.wake.is_closed());
        waiting.push(Waiting { queue, kinds, wake });
        woken
    }

    fn wake_those(&self, wanted: impl Fn(&Waiting) -> bool) {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        for consumer in waiting.iter().filter(|consumer| wanted(consumer)) {
            consumer.wake.send_replace(());
        }
    }
}

#[async_trait]
impl Bus for EmbeddedBus {
    async fn publish(&self, conn: &mut PgConnection, batch: &[Envelope]) -> Result<(), BusError> {
        queue::fill(conn, batch, self.clock.now()).await?;
        Ok(())
    }

    fn wake(&self, batch: &[Envelope]) {
        self.wake_those(|consumer| batch.iter().any(|e| consumer.kinds.contains(&e.kind.as_str())));
    }

    async fn subscribe(&self, pool: &PgPool, queue: &'static str, kinds: &[&'static str]) -> Result<(), BusError> {
        Ok(queue::subscribe(&mut *pool.acquire().await?, queue, kinds).await?)
    }

    async fn attach(&self, consumer: Consumer) -> Result<Worker, BusError> {
        let (queue, kinds) = (consumer.name, consumer.kinds());
        self.subscribe(&consumer.pool, queue, &kinds).await?;
        Ok(Worker::new(consumer, Source::Table(self.wakes_on(queue, kinds))))
    }
}

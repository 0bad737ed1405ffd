//! The bus on RabbitMQ: a topic exchange, and a quorum queue for each consumer.
//!
//! The broker carries events; it never decides about them. One that fails, and whatever follows it in its aggregate, is
//! parked in the consumer's queue in PostgreSQL (`docs/decisions/0008-retries-beside-the-inbox.md`).

mod cloudevents;
mod feed;
mod link;
mod publisher;
mod topology;

pub(crate) use feed::{Arrival, Feed};

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use events::Envelope;
use secrecy::SecretString;
use sqlx::{PgConnection, PgPool};

use self::link::Link;
use self::publisher::Publisher;
use self::topology::Topology;
use crate::embedded::queue;
use crate::source::Source;
use crate::{Bus, BusError, Consumer, Worker};

/// How the broker is used.
#[derive(Debug, Clone)]
pub struct Options {
    /// Put before the name of the exchange and of every queue. Empty by default.
    pub prefix: String,
    /// How long to wait for a broker that is still starting. 20 seconds by default.
    pub patience: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self { prefix: String::new(), patience: Duration::from_secs(20) }
    }
}

/// Queues in RabbitMQ. All services of a process share one. It recovers by itself when the broker was away.
pub struct Rabbit {
    link: Arc<Link>,
    prefix: String,
    publisher: Publisher,
}

impl Rabbit {
    /// Connects to the broker of the URL (`amqp://user:password@host:port/virtual-host`) and makes the exchange. A broker
    /// that is still starting is waited for, as long as the options say.
    ///
    /// # Errors
    /// When the URL is none, or the broker cannot be reached or refuses.
    pub async fn connect(url: SecretString, options: Options) -> Result<Self, BusError> {
        let link = Arc::new(Link::parse(&url)?);
        let exchange = topology::exchange(&options.prefix)?;
        let publisher = Publisher::start(link.clone(), exchange, options.patience).await?;
        Ok(Self { link, prefix: options.prefix, publisher })
    }

    /// Whether the broker can be published to now. While it is not, events wait in the outbox.
    pub fn is_connected(&self) -> bool {
        self.publisher.is_connected()
    }

    /// Closes what it publishes through, for good. Consumers close theirs when they stop.
    pub async fn close(&self) {
        self.publisher.close().await;
    }
}

#[async_trait]
impl Bus for Rabbit {
    async fn publish(&self, conn: &mut PgConnection, batch: &[Envelope]) -> Result<(), BusError> {
        let unwanted = self.publisher.publish(batch).await?;
        // An event that nobody has subscribed to is no error. One that somebody has is: the broker has lost the queue, and its
        // consumer has not made it again yet.
        if !unwanted.is_empty() && queue::is_wanted(conn, &unwanted).await? {
            return Err(BusError::new(format!("RabbitMQ has no queue yet for {}", unwanted.join(", "))));
        }
        Ok(())
    }

    /// The broker wakes them.
    fn wake(&self, _: &[Envelope]) {}

    async fn subscribe(&self, pool: &PgPool, queue: &'static str, kinds: &[&'static str]) -> Result<(), BusError> {
        Topology::new(&self.prefix, queue, pool.clone())?.roll_forward(&self.link, kinds).await
    }

    async fn attach(&self, consumer: Consumer) -> Result<Worker, BusError> {
        let topology = Topology::new(&self.prefix, consumer.name, consumer.pool.clone())?;
        topology.roll_forward(&self.link, &consumer.kinds()).await?;
        let feed = Feed::start(self.link.clone(), topology);
        Ok(Worker::new(consumer, Source::Broker(feed)))
    }
}

impl fmt::Debug for Rabbit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rabbit").field("link", &self.link).field("prefix", &self.prefix).finish_non_exhaustive()
    }
}

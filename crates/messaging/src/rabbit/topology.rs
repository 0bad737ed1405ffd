//! The exchange, the queues and what is bound to them.

use lapin::options::{ExchangeDeclareOptions, QueueBindOptions, QueueDeclareOptions};
use lapin::types::{AMQPValue, FieldTable, ShortString};
use lapin::{Channel, ExchangeKind};
use sqlx::PgPool;

use super::link::{Link, in_time};
use crate::BusError;
use crate::embedded::queue;

/// More deliveries of one message than will ever be. RabbitMQ 4 would set a limit of 20, and drop a message that so many
/// connections were lost with.
const DELIVERIES: i64 = 1_000_000_000;

/// A consumer's queue. `bus.subscription` knows what is bound to it, since the broker cannot be asked.
#[derive(Debug)]
pub(super) struct Topology {
    pub(super) exchange: ShortString,
    pub(super) queue: ShortString,
    consumer: &'static str,
    pool: PgPool,
}

/// The name of the exchange that all events pass.
pub(super) fn exchange(prefix: &str) -> Result<ShortString, BusError> {
    short(&format!("{prefix}techcorp.events"))
}

pub(super) fn short(name: &str) -> Result<ShortString, BusError> {
    ShortString::try_new(name).map_err(|error| BusError::new(format!("{name}: {error}")))
}

pub(super) async fn declare_exchange(channel: &Channel, name: &ShortString) -> Result<(), BusError> {
    let options = ExchangeDeclareOptions { durable: true, ..Default::default() };
    in_time(
        "making the exchange",
        channel.exchange_declare(name.clone(), ExchangeKind::Topic, options, FieldTable::default()),
    )
    .await
}

impl Topology {
    pub(super) fn new(prefix: &str, consumer: &'static str, pool: PgPool) -> Result<Self, BusError> {
        let queue = short(&format!("{prefix}techcorp.{consumer}"))?;
        Ok(Self { exchange: exchange(prefix)?, queue, consumer, pool })
    }

    /// Makes what is missing, binds the kinds and removes bindings that are no longer wanted.
    pub(super) async fn roll_forward(&self, link: &Link, kinds: &[&str]) -> Result<(), BusError> {
        let mut conn = self.pool.acquire().await?;
        // Before the binding exists, so that the table has every binding, however this ends: but not as one that is there.
        queue::want(&mut conn, self.consumer, kinds).await?;
        let known = queue::wanted(&mut conn, self.consumer).await?;
        let line = link.open(self.queue.as_str()).await?;
        let (wanted, gone): (Vec<String>, Vec<String>) =
            known.into_iter().partition(|kind| kinds.contains(&kind.as_str()));
        let made = async {
            self.declare(&line.channel, &wanted).await?;
            for kind in &gone {
                let key = short(kind)?;
                let unbind =
                    line.channel.queue_unbind(self.queue.clone(), self.exchange.clone(), key, FieldTable::default());
                in_time("removing a binding", unbind).await?;
            }
            Ok::<_, BusError>(())
        }
        .await;
        line.close().await;
        made?;
        queue::subscribe(&mut conn, self.consumer, kinds).await?;
        Ok(())
    }

    /// Makes again what a broker has lost that lost its disk: as the newest replica wants it, not as this one does.
    pub(super) async fn restore(&self, channel: &Channel) -> Result<(), BusError> {
        let kinds = queue::wanted(&mut *self.pool.acquire().await?, self.consumer).await?;
        self.declare(channel, &kinds).await
    }

    async fn declare(&self, channel: &Channel, kinds: &[String]) -> Result<(), BusError> {
        declare_exchange(channel, &self.exchange).await?;
        // A queue cannot be declared again with other arguments: a change here needs another name.
        let mut arguments = FieldTable::default();
        arguments.insert("x-queue-type".into(), AMQPValue::LongString("quorum".into()));
        // One replica at a time is served, which keeps the order.
        arguments.insert("x-single-active-consumer".into(), AMQPValue::Boolean(true));
        arguments.insert("x-delivery-limit".into(), AMQPValue::LongLongInt(DELIVERIES));
        let declare = channel.queue_declare(self.queue.clone(), QueueDeclareOptions::durable(), arguments);
        in_time("making a queue", declare).await?;
        for kind in kinds {
            let bind = channel.queue_bind(
                self.queue.clone(),
                self.exchange.clone(),
                short(kind)?,
                QueueBindOptions::default(),
                FieldTable::default(),
            );
            in_time("binding a queue", bind).await?;
        }
        Ok(())
    }
}

//! A test's own names on the RabbitMQ of `AMQP_URL`.

use lapin::options::{
    BasicPublishOptions, ExchangeDeleteOptions, QueueBindOptions, QueueDeclareOptions, QueueDeleteOptions,
};
use lapin::types::FieldTable;
use lapin::{BasicProperties, Channel, Connection, ConnectionProperties};
use messaging::Rabbit;
use messaging::rabbit::Options;
use secrecy::SecretString;

/// The broker, from an operator's side.
pub(crate) struct Broker {
    pub(crate) url: String,
    pub(crate) prefix: String,
    pub(crate) channel: Channel,
    _connection: Connection,
}

impl Broker {
    /// Names that start with the prefix, none of which is there yet.
    pub(crate) async fn open(prefix: String) -> Self {
        let url = std::env::var("AMQP_URL").expect(
            "AMQP_URL is not set: these tests need a RabbitMQ; run `scripts/servers up`, then `source .data/servers/env`",
        );
        let connection = Connection::connect(&url, ConnectionProperties::default()).await.expect("RabbitMQ answers");
        let channel = connection.create_channel().await.unwrap();
        let broker = Self { url, prefix, channel, _connection: connection };
        // What an aborted run has left.
        broker.clean().await;
        broker
    }

    /// Deletes everything with the prefix, on a connection of its own: a test may have ended the other.
    pub(crate) async fn clean(&self) {
        let connection = Connection::connect(&self.url, ConnectionProperties::default()).await.unwrap();
        let channel = connection.create_channel().await.unwrap();
        channel.queue_delete(self.queue().as_str().into(), QueueDeleteOptions::default()).await.unwrap();
        channel.exchange_delete(self.exchange().as_str().into(), ExchangeDeleteOptions::default()).await.unwrap();
        connection.close(200, "bye".into()).await.unwrap();
    }

    pub(crate) fn queue(&self) -> String {
        format!("{}techcorp.readers", self.prefix)
    }

    pub(crate) fn exchange(&self) -> String {
        format!("{}techcorp.events", self.prefix)
    }

    pub(crate) async fn connect(&self) -> Rabbit {
        self.connect_through(&self.url).await
    }

    pub(crate) async fn connect_through(&self, url: &str) -> Rabbit {
        let options = Options { prefix: self.prefix.clone(), ..Options::default() };
        Rabbit::connect(SecretString::from(url), options).await.unwrap()
    }

    /// Binds the readers' queue to one more kind.
    pub(crate) async fn bind(&self, kind: &str) {
        let (queue, exchange) = (self.queue(), self.exchange());
        self.channel
            .queue_bind(
                queue.as_str().into(),
                exchange.as_str().into(),
                kind.into(),
                QueueBindOptions::default(),
                FieldTable::default(),
            )
            .await
            .unwrap();
    }

    /// Deletes the readers' queue, as a broker without its disk would.
    pub(crate) async fn lose_queue(&self) {
        let queue = self.queue();
        self.channel.queue_delete(queue.as_str().into(), QueueDeleteOptions::default()).await.unwrap();
    }

    /// How many messages wait in the readers' queue and are with no consumer.
    pub(crate) async fn ready(&self) -> u32 {
        let options = QueueDeclareOptions { passive: true, ..Default::default() };
        let queue = self.queue();
        self.channel.queue_declare(queue.as_str().into(), options, FieldTable::default()).await.unwrap().message_count()
    }

    /// Publishes what no service of ours would.
    pub(crate) async fn publish(&self, kind: &str, properties: BasicProperties, body: &[u8]) {
        let exchange = self.exchange();
        self.channel
            .basic_publish(exchange.as_str().into(), kind.into(), BasicPublishOptions::default(), body, properties)
            .await
            .unwrap();
    }
}

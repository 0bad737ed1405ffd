//! How the broker is reached.

use std::fmt;
use std::time::Duration;

use futures::StreamExt;
use lapin::uri::AMQPUri;
use lapin::{Channel, Connection, ConnectionProperties, Event};
use secrecy::{ExposeSecret, SecretString};
use tokio::time::timeout;

use crate::BusError;

/// How long the broker may take to answer anything but a batch of events.
pub(super) const ANSWER: Duration = Duration::from_secs(5);
/// A peer that is silent for twice as long is gone, in seconds.
const HEARTBEAT: u16 = 10;

/// The address of the broker, with its password.
pub(super) struct Link {
    uri: AMQPUri,
}

/// A connection with one channel.
pub(super) struct Line {
    pub(super) connection: Connection,
    pub(super) channel: Channel,
}

impl Link {
    pub(super) fn parse(url: &SecretString) -> Result<Self, BusError> {
        // The parser's own message could repeat the password.
        let mut uri: AMQPUri = url.expose_secret().parse().map_err(|_| {
            BusError::new("the broker's address is not like amqp://user:password@host:5672/virtual-host")
        })?;
        uri.query.heartbeat.get_or_insert(HEARTBEAT);
        Ok(Self { uri })
    }

    /// Connects, under a name that the broker shows.
    pub(super) async fn open(&self, name: &str) -> Result<Line, BusError> {
        let properties = ConnectionProperties::default().with_connection_name(name.into());
        in_time("connecting", async {
            let connection = Connection::connect_uri(self.uri.clone(), properties).await?;
            let channel = connection.create_channel().await?;
            Ok(Line { connection, channel })
        })
        .await
        .map_err(|error| BusError::new(format!("RabbitMQ at {self}: {error}")))
    }
}

impl Line {
    /// Returns when the connection is lost.
    pub(super) async fn lost(&self) {
        let mut events = self.connection.events_listener();
        while self.connection.status().connected() {
            match events.next().await {
                Some(Event::Error(_)) | None => return,
                Some(_) => {}
            }
        }
    }

    /// Closes the connection if it is not closed.
    pub(super) async fn close(&self) {
        if !self.connection.status().connected() {
            return;
        }
        if let Err(error) = in_time("closing", self.connection.close(200, "bye".into())).await {
            tracing::debug!(%error, "the connection to RabbitMQ was not closed in order");
        }
    }
}

/// The broker's answer, or an error when it takes too long.
pub(super) async fn in_time<T>(what: &str, answer: impl Future<Output = lapin::Result<T>>) -> Result<T, BusError> {
    timeout(ANSWER, answer)
        .await
        .map_err(|_| BusError::new(format!("{what}: no answer within {ANSWER:?}")))?
        .map_err(|error| BusError::new(format!("{what}: {error}")))
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}/{}", self.uri.authority.host, self.uri.authority.port, self.uri.vhost)
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Link({self})")
    }
}

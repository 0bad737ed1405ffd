//! What surrounds every payload: CloudEvents 1.0 attributes.

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

/// A published event's payload.
pub trait Event: Serialize + DeserializeOwned + JsonSchema + Send + Sync + 'static {
    /// `<context>.<aggregate>.<past tense>.v<n>`; also the routing key.
    const NAME: &'static str;
    /// The id of the aggregate that changed: events with the same key stay in order.
    fn aggregate(&self) -> Uuid;
}

/// An event that makes those of its aggregate with a lower rank old: it tells all that they do.
pub trait Ranked: Event {
    /// Compares with the ranks of the aggregate's other events, whatever their kinds.
    fn rank(&self) -> i64;
}

/// An event on its way, with the attributes of CloudEvents 1.0.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Envelope {
    /// Unique per event; what consumers deduplicate by.
    pub id: Uuid,
    /// The service that published it.
    pub source: String,
    /// The event's name, [`Event::NAME`].
    #[serde(rename = "type")]
    pub kind: String,
    /// The aggregate that changed.
    pub subject: Uuid,
    /// When the change was committed, to the clock of the service.
    #[serde(with = "time::serde::rfc3339")]
    pub time: OffsetDateTime,
    /// W3C Trace Context of the request that caused it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub traceparent: Option<String>,
    /// The payload.
    pub data: serde_json::Value,
}

//! What the notifications service publishes.

use kernel::{MessageId, UserId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Event;

/// A message has left for its recipient.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MessageSent {
    /// The message.
    pub message_id: MessageId,
    /// The account it is for; none for a guest.
    pub user_id: Option<UserId>,
    /// How: `EMAIL`, `SMS`, `PUSH` or `IN_APP`.
    pub channel: String,
    /// Name of the template.
    pub template: String,
}

impl Event for MessageSent {
    const NAME: &'static str = "notifications.message.sent.v1";
    fn aggregate(&self) -> Uuid {
        self.message_id.0
    }
}

/// A message cannot be delivered, for good.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MessageFailed {
    /// The message.
    pub message_id: MessageId,
    /// The account it is for; none for a guest.
    pub user_id: Option<UserId>,
    /// How: `EMAIL`, `SMS`, `PUSH` or `IN_APP`.
    pub channel: String,
    /// Name of the template.
    pub template: String,
    /// Why, for the staff to read.
    pub reason: String,
}

impl Event for MessageFailed {
    const NAME: &'static str = "notifications.message.failed.v1";
    fn aggregate(&self) -> Uuid {
        self.message_id.0
    }
}

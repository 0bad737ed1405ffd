use kernel::MessageId;

use super::{Category, ChannelKind, Status};

/// What is wrong with a request to the notifications, and how to fix it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// A value cannot be used.
    Invalid {
        /// Which one.
        field: &'static str,
        /// Why, and what would do.
        message: String,
    },
    /// There is no such message, or it is not the actor's.
    NotFound(MessageId),
    /// The choice cannot be switched off.
    Mandatory {
        /// What the messages are about.
        category: Category,
        /// How they come.
        channel: ChannelKind,
    },
    /// The idempotency key was used for another request.
    KeyReused,
    /// A message in this status, or on this channel, or without its content, cannot be sent again.
    NotResendable(Status),
}

//! Ways out of the house for e-mail.

mod mailbox;
mod settings;
mod smtp;

use async_trait::async_trait;
use kernel::{Email, MessageId};
use time::OffsetDateTime;

pub use mailbox::Mailbox;
pub use settings::{Settings, from_env};
pub use smtp::Smtp;

/// An e-mail as it leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// Names the message; a repeated attempt has the same.
    pub id: MessageId,
    /// Where it goes.
    pub recipient: Email,
    /// One line.
    pub subject: String,
    /// For who reads plain text.
    pub text: String,
    /// For who reads HTML.
    pub html: String,
    /// When it was written.
    pub created_at: OffsetDateTime,
}

/// What the other side said when it took the message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Receipt {
    /// Its words, for support to quote.
    pub reference: String,
}

/// Why a message did not leave.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Undelivered {
    /// This message will never be taken.
    #[error("{0}")]
    Refused(String),
    /// Not this message now, says the other side, which takes others: it can be tried again.
    #[error("{0}")]
    Deferred(String),
    /// The other side is away, closed, or does not let us in: the message can be tried again.
    #[error("{0}")]
    Unavailable(String),
}

/// A way to send e-mail. It may take the same message twice: whoever sends it cannot know whether an attempt that broke
/// off had arrived.
#[async_trait]
pub trait Channel: Send + Sync + std::fmt::Debug {
    /// Sends the message.
    ///
    /// # Errors
    /// [`Undelivered`]
    async fn send(&self, message: &Outgoing) -> Result<Receipt, Undelivered>;
}

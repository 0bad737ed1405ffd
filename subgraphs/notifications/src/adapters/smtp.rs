use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use chassis::StartError;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::response::{Category, Severity};
use lettre::transport::smtp::{self, PoolConfig};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use secrecy::{ExposeSecret, SecretString};

use super::{Channel, Outgoing, Receipt, Undelivered};

/// How long a connection may take to be made. Whoever sends sets the deadline of the whole conversation.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Hands messages to a mail server (RFC 5321), over TLS where the URL says so.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Smtp {
    /// A connection to the server of the URL (made when it is needed), and the sender of all messages.
    ///
    /// # Errors
    /// When the URL or the sender's address is malformed.
    pub fn new(url: &SecretString, from: &str) -> Result<Self, StartError> {
        let from: Mailbox = from.parse().map_err(|error| {
            StartError::new(format!("SMTP_FROM is no sender: {error}"), "write it like TechCorp <shop@example.org>")
        })?;
        // What the library says of a malformed URL is left out: it may quote the password.
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.expose_secret()).map_err(|_| {
            StartError::new(
                "SMTP_URL is malformed",
                "write it like smtps://user:password@host, or smtp://host:587?tls=required",
            )
        })?;
        // No connection is kept for the next message: a deadline may have broken off its conversation, and an answer that
        // is still under way would be taken for the answer to the next command.
        let transport = builder.timeout(Some(CONNECT_TIMEOUT)).pool_config(PoolConfig::new().max_size(0)).build();
        Ok(Self { transport, from })
    }

    fn written(&self, message: &Outgoing) -> Result<Message, Undelivered> {
        let refused = |error: String| Undelivered::Refused(format!("the message cannot be written: {error}"));
        let to = message.recipient.as_str().parse().map_err(|error| refused(format!("{error}")))?;
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            // The same for every attempt, so that a mail server can recognise one that it has already.
            .message_id(Some(format!("<{}@{}>", message.id, self.from.email.domain())))
            .date(message.created_at.into())
            .header(AutoSubmitted)
            .subject(crate::domain::single_line(&message.subject))
            .multipart(MultiPart::alternative_plain_html(message.text.clone(), message.html.clone()))
            .map_err(|error| refused(error.to_string()))
    }
}

#[async_trait]
impl Channel for Smtp {
    async fn send(&self, message: &Outgoing) -> Result<Receipt, Undelivered> {
        let answer = self.transport.send(self.written(message)?).await.map_err(|error| undelivered(&error))?;
        Ok(Receipt { reference: answer.message().collect::<Vec<_>>().join(" ") })
    }
}

/// A server that refuses for good refuses the message, and one that refuses for now takes others meanwhile; unless it speaks of us
/// or of itself: wrong credentials and closed services (the groups x2x and x3x) are put right by an operator, and the messages must
/// still be there then.
fn undelivered(error: &smtp::Error) -> Undelivered {
    let said = error.to_string();
    match error.status() {
        Some(code) if matches!(code.category, Category::Connections | Category::Unspecified3) => {
            Undelivered::Unavailable(said)
        }
        Some(code) if code.severity == Severity::PermanentNegativeCompletion => Undelivered::Refused(said),
        Some(_) => Undelivered::Deferred(said),
        None => Undelivered::Unavailable(said),
    }
}

/// Tells other machines not to answer (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }
    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }
    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".into())
    }
}

impl fmt::Debug for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Smtp").field("from", &self.from).finish_non_exhaustive()
    }
}

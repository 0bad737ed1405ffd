use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use axum::http::HeaderMap;
use kernel::{Fault, Money, OrderId, PaymentId};
use secrecy::SecretString;
use time::OffsetDateTime;

use crate::domain::{Answer, RefundAnswer};

/// How a call is made.
#[derive(Debug, Clone)]
pub struct Call {
    /// The same key means the same call: however often it arrives, it has its effect once.
    pub key: String,
    /// How long it may take.
    pub deadline: Duration,
    /// What time it is.
    pub now: OffsetDateTime,
}

/// The payment that a call is about.
#[derive(Debug, Clone)]
pub struct Charge {
    /// Our name for it.
    pub payment_id: PaymentId,
    /// The order that it pays.
    pub order_id: OrderId,
    /// How much.
    pub amount: Money,
    /// The provider's name for it, once it is known.
    pub reference: Option<String>,
    /// The provider's token for the card, until it was used. Shown in no log.
    pub token: Option<SecretString>,
    /// Where the provider may reach the shopper.
    pub email: Option<String>,
    /// When a call for it may first have arrived.
    pub begun_at: Option<OffsetDateTime>,
}

/// Money to be given back.
#[derive(Debug, Clone)]
pub struct GiveBack {
    /// How much.
    pub amount: Money,
    /// The provider's name for the refund, when it is pending there.
    pub reference: Option<String>,
}

/// The provider does not answer, or not so that it can be understood: what became of the call is not known. Try again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unavailable {
    /// It did not answer, or not as itself.
    #[error("the payment provider is away: {0}")]
    Away(String),
    /// It answered, but nothing follows from that yet.
    #[error("the payment provider has not decided: {0}")]
    Undecided(String),
}

impl From<Fault> for Unavailable {
    fn from(fault: Fault) -> Self {
        Self::Away(fault.to_string())
    }
}

impl From<sqlx::Error> for Unavailable {
    fn from(error: sqlx::Error) -> Self {
        Self::Away(error.to_string())
    }
}

/// What a provider tells by webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// The provider's name for the event.
    pub event_id: String,
    /// Which payment, and how it stands; none when the event is about something else.
    pub news: Option<(PaymentId, Answer)>,
}

/// Why a webhook is not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WebhookError {
    /// It is not signed, or not by the provider.
    #[error("the signature does not hold")]
    Forged,
    /// It was signed too long ago, or in the future.
    #[error("the signature is too old")]
    Stale,
    /// It is signed, but cannot be read.
    #[error("the event cannot be read: {0}")]
    Malformed(String),
    /// Whether it is signed cannot be found out at the moment.
    #[error("{0}")]
    Unavailable(String),
}

/// A webhook that a provider inside this process wants to send.
#[derive(Debug, Clone)]
pub struct Delivery {
    /// What it is about.
    pub reference: String,
    /// What is sent.
    pub body: Vec<u8>,
    /// With which headers.
    pub headers: HeaderMap,
}

/// A token that stands for a card in tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TestToken {
    /// The token.
    pub token: &'static str,
    /// What a payment with it does.
    pub effect: &'static str,
}

/// A company that takes payments. Every call may be made again with the same key.
#[async_trait]
pub trait Provider: fmt::Debug + Send + Sync {
    /// What it is called here.
    fn name(&self) -> &'static str;

    /// Sets the money aside.
    ///
    /// # Errors
    /// The outcome is not known.
    async fn authorise(&self, call: &Call, charge: &Charge) -> Result<Answer, Unavailable>;

    /// Takes the money that is set aside.
    ///
    /// # Errors
    /// The outcome is not known.
    async fn capture(&self, call: &Call, charge: &Charge) -> Result<Answer, Unavailable>;

    /// Gives free what is set aside, also when only our own name for the payment is known. What was captured stays captured, and
    /// the answer says so.
    ///
    /// # Errors
    /// The outcome is not known.
    async fn void(&self, call: &Call, charge: &Charge) -> Result<Answer, Unavailable>;

    /// How the payment stands.
    ///
    /// # Errors
    /// It is not known.
    async fn status(&self, call: &Call, charge: &Charge) -> Result<Answer, Unavailable>;

    /// How the payment stands after the shopper did what was required. Only a sandbox is told what the shopper did; a real provider
    /// knows.
    ///
    /// # Errors
    /// It is not known.
    async fn resume(&self, call: &Call, charge: &Charge, approve: bool) -> Result<Answer, Unavailable> {
        let _ = approve;
        self.status(call, charge).await
    }

    /// Gives captured money back.
    ///
    /// # Errors
    /// The outcome is not known.
    async fn refund(&self, call: &Call, charge: &Charge, refund: &GiveBack) -> Result<RefundAnswer, Unavailable>;

    /// Reads a webhook, after its signature on the raw body was verified.
    ///
    /// # Errors
    /// Why it is not believed.
    async fn verify_webhook(
        &self,
        body: &[u8],
        headers: &HeaderMap,
        now: OffsetDateTime,
    ) -> Result<Notification, WebhookError>;

    /// Tokens to test with; none at a real provider.
    fn test_tokens(&self) -> &'static [TestToken] {
        &[]
    }

    /// The webhooks that are due, of a provider that lives in this process.
    ///
    /// # Errors
    /// The database's.
    async fn deliveries(&self, now: OffsetDateTime) -> Result<Vec<Delivery>, Fault> {
        let _ = now;
        Ok(Vec::new())
    }

    /// A webhook has arrived.
    ///
    /// # Errors
    /// The database's.
    async fn delivered(&self, reference: &str) -> Result<(), Fault> {
        let _ = reference;
        Ok(())
    }
}

//! A provider that takes no money: it behaves like one, keeps its own books, and lives in this process.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use axum::http::{HeaderMap, HeaderValue};
use kernel::{Clock, Fault};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use time::OffsetDateTime;
use tokio::sync::OnceCell;
use tokio::time::sleep;
use uuid::Uuid;

use super::signature::{sign, verify};
use super::{Call, Charge, Delivery, GiveBack, Notification, Provider, TestToken, Unavailable, WebhookError};
use crate::domain::{Answer, Decline, RefundAnswer};
use crate::store::sandbox::{self as books, NewCharge, State};

/// Where its webhooks carry their signature.
const SIGNATURE: &str = "sandbox-signature";

const TOKENS: [TestToken; 6] = [
    TestToken { token: "tok_success", effect: "The payment succeeds." },
    TestToken { token: "tok_declined", effect: "The card is declined: card_declined." },
    TestToken { token: "tok_insufficient_funds", effect: "The card is declined: insufficient_funds." },
    TestToken { token: "tok_slow", effect: "The provider takes two seconds, then the payment succeeds." },
    TestToken { token: "tok_3ds", effect: "The shopper must confirm first: finish with paymentActionComplete." },
    TestToken { token: "tok_webhook", effect: "The payment is pending until a webhook arrives a moment later." },
];

/// How the sandbox behaves.
#[derive(Debug, Clone)]
pub struct SandboxOptions {
    /// How long `tok_slow` takes.
    pub slow: Duration,
    /// How long after the payment the webhook of `tok_webhook` is sent.
    pub webhook_after: Duration,
    /// Address of the shop, where the shopper confirms; none: the address is relative to the shop's.
    pub shop_url: Option<String>,
}

impl Default for SandboxOptions {
    fn default() -> Self {
        Self { slow: Duration::from_secs(2), webhook_after: Duration::from_millis(800), shop_url: None }
    }
}

/// The sandbox.
#[derive(Debug)]
pub struct Sandbox {
    pool: PgPool,
    clock: Arc<dyn Clock>,
    options: SandboxOptions,
    secret: OnceCell<SecretString>,
}

#[derive(Serialize, Deserialize)]
struct Event {
    id: String,
    payment_id: Uuid,
    reference: String,
    status: String,
}

impl Sandbox {
    /// A sandbox with its books in the service's schema.
    pub fn new(pool: PgPool, clock: Arc<dyn Clock>, options: SandboxOptions) -> Self {
        Self { pool, clock, options, secret: OnceCell::new() }
    }

    /// What its webhooks are signed with: random, made once, and the same for all replicas.
    ///
    /// # Errors
    /// The database's.
    pub async fn webhook_secret(&self) -> Result<&SecretString, Fault> {
        let made = || async {
            let new = SecretString::from(format!("whsec_{}", self.clock.secret().simple()));
            let kept = books::webhook_secret(&mut *self.pool.acquire().await?, new.expose_secret()).await?;
            Ok::<_, Fault>(SecretString::from(kept))
        };
        self.secret.get_or_try_init(made).await
    }

    /// The first state of a charge with the token.
    fn first(&self, call: &Call, charge: &Charge) -> (State, Option<OffsetDateTime>) {
        match charge.token.as_ref().map(ExposeSecret::expose_secret) {
            Some("tok_success" | "tok_slow") => (State::Authorised, None),
            Some("tok_declined") => (declined("card_declined", "Your card was declined."), None),
            Some("tok_insufficient_funds") => {
                (declined("insufficient_funds", "Your card has insufficient funds."), None)
            }
            Some("tok_3ds") => {
                let shop = self.options.shop_url.as_deref().unwrap_or_default().trim_end_matches('/');
                let url = format!("{shop}/checkout/challenge?order={}", charge.order_id);
                (State::ActionRequired(url), None)
            }
            Some("tok_webhook") => (State::Pending, Some(call.now + self.options.webhook_after)),
            _ => (declined("invalid_token", "This payment method cannot be used."), None),
        }
    }
}

fn declined(code: &str, reason: &str) -> State {
    State::Declined(Decline::new(code, reason))
}

fn answer((reference, state): (String, State)) -> Answer {
    match state {
        State::Authorised => Answer::Authorised { reference },
        State::ActionRequired(url) => Answer::ActionRequired { reference, url },
        State::Pending => Answer::Pending { reference },
        State::Captured => Answer::Captured { reference },
        State::Cancelled => Answer::Cancelled,
        State::Declined(why) => Answer::Declined(why),
    }
}

#[async_trait]
impl Provider for Sandbox {
    fn name(&self) -> &'static str {
        "sandbox"
    }

    async fn authorise(&self, call: &Call, charge: &Charge) -> Result<Answer, Unavailable> {
        let (state, hook_due_at) = self.first(call, charge);
        let reference = format!("sbx_{}", self.clock.uuid().simple());
        let new = NewCharge {
            reference: &reference,
            key: &call.key,
            payment_id: charge.payment_id,
            amount: charge.amount,
            state: &state,
            hook_due_at,
        };
        let made = books::charge(&mut *self.pool.acquire().await?, new).await?;
        if charge.token.as_ref().is_some_and(|token| token.expose_secret() == "tok_slow") {
            sleep(self.options.slow).await;
        }
        Ok(answer(made))
    }

    async fn capture(&self, _: &Call, charge: &Charge) -> Result<Answer, Unavailable> {
        let mut conn = self.pool.acquire().await?;
        if let Some(done) = books::capture(&mut conn, charge.payment_id).await? {
            return Ok(Answer::Captured { reference: done });
        }
        let stands = books::state(&mut conn, charge.payment_id).await?;
        Ok(match stands.map(answer) {
            Some(Answer::Cancelled | Answer::Declined(_)) => Answer::Cancelled,
            Some(stands) => stands,
            None => Answer::Declined(Decline::new("unknown_payment", "This payment is not known to the provider.")),
        })
    }

    async fn void(&self, _: &Call, charge: &Charge) -> Result<Answer, Unavailable> {
        let mut conn = self.pool.acquire().await?;
        books::cancel(&mut conn, charge.payment_id).await?;
        let stands = books::state(&mut conn, charge.payment_id).await?;
        Ok(match stands.map(answer) {
            Some(captured @ Answer::Captured { .. }) => captured,
            // Refused or never arrived: nothing is held.
            _ => Answer::Cancelled,
        })
    }

    async fn status(&self, _: &Call, charge: &Charge) -> Result<Answer, Unavailable> {
        let stands = books::state(&mut *self.pool.acquire().await?, charge.payment_id).await?;
        Ok(stands.map_or(Answer::Cancelled, answer))
    }

    async fn resume(&self, call: &Call, charge: &Charge, approve: bool) -> Result<Answer, Unavailable> {
        let refusal = declined("authentication_failed", "The payment was not confirmed.");
        let then = if approve { &State::Authorised } else { &refusal };
        books::answer_challenge(&mut *self.pool.acquire().await?, charge.payment_id, then).await?;
        self.status(call, charge).await
    }

    async fn refund(&self, call: &Call, charge: &Charge, refund: &GiveBack) -> Result<RefundAnswer, Unavailable> {
        let mut tx = self.pool.begin().await?;
        let fits = books::refund(&mut tx, &call.key, charge.payment_id, refund.amount.minor).await?;
        tx.commit().await?;
        let refusal =
            || Decline::new("refund_too_large", "The refund is larger than what was charged and not yet refunded.");
        Ok(if fits { RefundAnswer::Refunded } else { RefundAnswer::Declined(refusal()) })
    }

    async fn verify_webhook(
        &self,
        body: &[u8],
        headers: &HeaderMap,
        now: OffsetDateTime,
    ) -> Result<Notification, WebhookError> {
        let secret = self.webhook_secret().await.map_err(|fault| WebhookError::Unavailable(fault.to_string()))?;
        let header = headers.get(SIGNATURE).and_then(|value| value.to_str().ok()).ok_or(WebhookError::Forged)?;
        verify(secret, header, body, now)?;
        let event: Event = serde_json::from_slice(body).map_err(|error| WebhookError::Malformed(error.to_string()))?;
        let reference = event.reference;
        let stands = match event.status.as_str() {
            "authorised" => Some(Answer::Authorised { reference }),
            "cancelled" => Some(Answer::Cancelled),
            _ => None,
        };
        Ok(Notification { event_id: event.id, news: stands.map(|answer| (event.payment_id.into(), answer)) })
    }

    fn test_tokens(&self) -> &'static [TestToken] {
        &TOKENS
    }

    async fn deliveries(&self, now: OffsetDateTime) -> Result<Vec<Delivery>, Fault> {
        let due = books::due_hooks(&mut *self.pool.acquire().await?, now).await?;
        if due.is_empty() {
            return Ok(Vec::new());
        }
        let secret = self.webhook_secret().await?;
        due.into_iter()
            .map(|(payment_id, reference, state)| {
                let status = if state == State::Authorised { "authorised" } else { "other" }.to_owned();
                let id = format!("evt_{reference}");
                let body = serde_json::to_vec(&Event { id, payment_id, reference: reference.clone(), status })?;
                let mut headers = HeaderMap::new();
                headers.insert(SIGNATURE, HeaderValue::from_str(&sign(secret, &body, now))?);
                Ok(Delivery { reference, body, headers })
            })
            .collect()
    }

    async fn delivered(&self, reference: &str) -> Result<(), Fault> {
        Ok(books::hook_sent(&mut *self.pool.acquire().await?, reference).await?)
    }
}

//! Stripe: PaymentIntents with manual capture, over its HTTP API.

mod http;
mod intent;

use std::time::Duration;

use async_trait::async_trait;
use axum::http::HeaderMap;
use chassis::StartError;
use kernel::PaymentId;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use time::OffsetDateTime;

use self::http::{Api, Reply};
use self::intent::{Intent, Refund, decline, minor};
use super::signature::verify;
use super::{Call, Charge, GiveBack, Notification, Provider, Unavailable, WebhookError};
use crate::domain::{Answer, Decline, RefundAnswer};

/// How long Stripe may need until a search finds a new payment (its documentation says less than one minute).
const SEARCH_LAG: time::Duration = time::Duration::minutes(2);

/// How Stripe is reached.
#[derive(Debug, Clone)]
pub struct StripeOptions {
    /// The secret API key.
    pub secret_key: SecretString,
    /// The signing secret of the webhook endpoint.
    pub webhook_secret: SecretString,
    /// Where the API is.
    pub api_base: String,
    /// Address of the shop, to which the shopper comes back from their bank.
    pub shop_url: String,
}

impl StripeOptions {
    /// The usual addresses.
    pub fn new(secret_key: impl Into<SecretString>, webhook_secret: impl Into<SecretString>) -> Self {
        Self {
            secret_key: secret_key.into(),
            webhook_secret: webhook_secret.into(),
            api_base: "https://api.stripe.com".to_owned(),
            shop_url: "http://localhost:3000".to_owned(),
        }
    }
}

/// Stripe.
#[derive(Debug)]
pub struct Stripe {
    api: Api,
    webhook_secret: SecretString,
    shop_url: String,
}

impl Stripe {
    /// A client; nothing is sent yet.
    ///
    /// # Errors
    /// When the address is none.
    pub fn new(options: StripeOptions) -> Result<Self, StartError> {
        let shop_url = options.shop_url.trim_end_matches('/').to_owned();
        Ok(Self {
            api: Api::new(options.secret_key, &options.api_base)?,
            webhook_secret: options.webhook_secret,
            shop_url,
        })
    }

    /// The provider's name for the payment, where only ours is known: an answer may have been lost.
    async fn find(&self, charge: &Charge, deadline: Duration) -> Result<Option<Intent>, Unavailable> {
        #[derive(Deserialize)]
        struct Found {
            data: Vec<Intent>,
        }
        let query = format!("metadata['payment_id']:'{}'", charge.payment_id);
        let found: Found = match self.api.get("/v1/payment_intents/search", &[("query", &query)], deadline).await? {
            Reply::Done(found) => found,
            Reply::Refused(refusal) => return Err(refusal.puzzling()),
        };
        Ok(found.data.into_iter().next())
    }
}

fn reference(charge: &Charge) -> Result<&str, Unavailable> {
    // It becomes part of an address.
    let sound = |text: &&str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    charge
        .reference
        .as_deref()
        .filter(sound)
        .ok_or_else(|| Unavailable::Undecided("the payment has no reference".into()))
}

#[async_trait]
impl Provider for Stripe {
    fn name(&self) -> &'static str {
        "stripe"
    }

    async fn authorise(&self, call: &Call, charge: &Charge) -> Result<Answer, Unavailable> {
        let token = charge.token.as_ref().map(ExposeSecret::expose_secret).unwrap_or_default();
        let (amount, currency) = (minor(charge.amount).to_string(), charge.amount.currency.code().to_lowercase());
        let (payment, order) = (charge.payment_id.to_string(), charge.order_id.to_string());
        let back = format!("{}/orders/{order}", self.shop_url);
        let mut form = vec![
            ("amount", amount.as_str()),
            ("currency", &currency),
            ("capture_method", "manual"),
            ("confirm", "true"),
            ("payment_method_types[]", "card"),
            ("return_url", &back),
            ("metadata[payment_id]", &payment),
            ("metadata[order_id]", &order),
        ];
        if token.starts_with("tok_") {
            form.extend([("payment_method_data[type]", "card"), ("payment_method_data[card][token]", token)]);
        } else {
            form.push(("payment_method", token));
        }
        if let Some(email) = &charge.email {
            form.push(("receipt_email", email));
        }
        match self.api.post::<Intent>("/v1/payment_intents", &form, call).await? {
            Reply::Done(intent) => intent.answer(),
            Reply::Refused(refusal) => Ok(Answer::Declined(decline(refusal))),
        }
    }

    async fn capture(&self, call: &Call, charge: &Charge) -> Result<Answer, Unavailable> {
        let path = format!("/v1/payment_intents/{}/capture", reference(charge)?);
        match self.api.post::<Intent>(&path, &[], call).await? {
            Reply::Done(intent) => intent.answer(),
            // It may be captured or cancelled already.
            Reply::Refused(refusal) if refusal.is_unexpected_state() => self.status(call, charge).await,
            Reply::Refused(refusal) => Ok(Answer::Declined(decline(refusal))),
        }
    }

    async fn void(&self, call: &Call, charge: &Charge) -> Result<Answer, Unavailable> {
        let mut charge = charge.clone();
        if charge.reference.is_none() {
            match self.find(&charge, call.deadline).await? {
                Some(intent) => charge.reference = Some(intent.id),
                None if charge.begun_at.is_some_and(|begun| call.now < begun + SEARCH_LAG) => {
                    return Err(Unavailable::Undecided(
                        "it is too early to know that the payment never arrived".into(),
                    ));
                }
                None => return Ok(Answer::Cancelled),
            }
        }
        let path = format!("/v1/payment_intents/{}/cancel", reference(&charge)?);
        match self.api.post::<Intent>(&path, &[], call).await? {
            Reply::Done(_) => Ok(Answer::Cancelled),
            Reply::Refused(refusal) if refusal.is_unexpected_state() => match self.status(call, &charge).await? {
                captured @ Answer::Captured { .. } => Ok(captured),
                Answer::Cancelled => Ok(Answer::Cancelled),
                other => Err(Unavailable::Undecided(format!("cannot be cancelled although it is {other:?}"))),
            },
            Reply::Refused(refusal) => Err(refusal.puzzling()),
        }
    }

    async fn status(&self, call: &Call, charge: &Charge) -> Result<Answer, Unavailable> {
        let path = format!("/v1/payment_intents/{}", reference(charge)?);
        match self.api.get::<Intent>(&path, &[], call.deadline).await? {
            Reply::Done(intent) => intent.answer(),
            Reply::Refused(refusal) => Err(refusal.puzzling()),
        }
    }

    async fn refund(&self, call: &Call, charge: &Charge, refund: &GiveBack) -> Result<RefundAnswer, Unavailable> {
        let amount = minor(refund.amount).to_string();
        let made = match &refund.reference {
            Some(known) => self.api.get::<Refund>(&format!("/v1/refunds/{known}"), &[], call.deadline).await?,
            None => {
                let form = [("payment_intent", reference(charge)?), ("amount", amount.as_str())];
                self.api.post::<Refund>("/v1/refunds", &form, call).await?
            }
        };
        Ok(match made {
            Reply::Done(refund) => refund.answer(),
            Reply::Refused(refusal) => RefundAnswer::Declined(decline(refusal)),
        })
    }

    async fn verify_webhook(
        &self,
        body: &[u8],
        headers: &HeaderMap,
        now: OffsetDateTime,
    ) -> Result<Notification, WebhookError> {
        #[derive(Deserialize)]
        struct Event {
            id: String,
            data: Data,
        }
        #[derive(Deserialize)]
        struct Data {
            object: serde_json::Value,
        }
        let header =
            headers.get("stripe-signature").and_then(|value| value.to_str().ok()).ok_or(WebhookError::Forged)?;
        verify(&self.webhook_secret, header, body, now)?;
        let malformed = |error: serde_json::Error| WebhookError::Malformed(error.to_string());
        let event: Event = serde_json::from_slice(body).map_err(malformed)?;
        if event.data.object["object"] != "payment_intent" {
            return Ok(Notification { event_id: event.id, news: None });
        }
        let intent: Intent = serde_json::from_value(event.data.object).map_err(malformed)?;
        // An account may be used for more than this shop.
        let payment: Option<PaymentId> = intent.metadata.payment_id.as_ref().and_then(|id| id.parse().ok());
        let news = payment.zip(intent.answer().ok());
        Ok(Notification { event_id: event.id, news })
    }
}

/// A refusal that says nothing to the shopper.
fn general(code: &str) -> Decline {
    Decline::new(code, "The payment provider refused the payment.")
}

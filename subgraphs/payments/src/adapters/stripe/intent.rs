use kernel::Money;
use serde::Deserialize;

use super::super::Unavailable;
use super::general;
use super::http::Refusal;
use crate::domain::{Answer, Decline, RefundAnswer};

/// A PaymentIntent, as far as it matters here.
#[derive(Debug, Deserialize)]
pub(super) struct Intent {
    pub(super) id: String,
    status: String,
    #[serde(default)]
    pub(super) metadata: Metadata,
    next_action: Option<NextAction>,
    last_payment_error: Option<Refusal>,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct Metadata {
    #[serde(default)]
    pub(super) payment_id: Option<String>,
}

#[derive(Debug, Deserialize)]
struct NextAction {
    redirect_to_url: Option<Redirect>,
}

#[derive(Debug, Deserialize)]
struct Redirect {
    url: String,
}

/// A Refund, as far as it matters here.
#[derive(Debug, Deserialize)]
pub(super) struct Refund {
    id: String,
    status: Option<String>,
    failure_reason: Option<String>,
}

impl Intent {
    /// How the payment stands.
    pub(super) fn answer(self) -> Result<Answer, Unavailable> {
        let reference = self.id;
        Ok(match self.status.as_str() {
            "requires_capture" => Answer::Authorised { reference },
            "succeeded" => Answer::Captured { reference },
            "processing" => Answer::Pending { reference },
            "canceled" => Answer::Cancelled,
            "requires_action" => match self.next_action.and_then(|action| action.redirect_to_url) {
                Some(redirect) => Answer::ActionRequired { reference, url: redirect.url },
                None => Answer::Pending { reference },
            },
            "requires_payment_method" => {
                Answer::Declined(self.last_payment_error.map_or_else(|| general("card_declined"), decline))
            }
            "requires_confirmation" => Answer::Pending { reference },
            other => return Err(Unavailable::Undecided(format!("a status that is not understood: {other}"))),
        })
    }
}

impl Refund {
    /// What became of it.
    pub(super) fn answer(self) -> RefundAnswer {
        match self.status.as_deref() {
            Some("failed" | "canceled") => RefundAnswer::Declined(Decline::new(
                self.failure_reason.unwrap_or_else(|| "refund_failed".to_owned()),
                "The bank did not accept the refund.",
            )),
            Some("pending" | "requires_action") => RefundAnswer::Pending { reference: self.id },
            Some("succeeded") => RefundAnswer::Refunded,
            // Asked for again by its name, until its status says something.
            _ => RefundAnswer::Pending { reference: self.id },
        }
    }
}

/// Stripe's refusal in our words: its decline code where that is more precise, its message where it is meant for the shopper.
pub(super) fn decline(refusal: Refusal) -> Decline {
    let code = refusal.code.unwrap_or_else(|| refusal.kind.clone());
    if refusal.kind == "card_error" {
        let precise = refusal.decline_code.filter(|code| !is_secret(code));
        let reason = refusal.message.unwrap_or_else(|| general("").reason);
        return Decline::new(precise.unwrap_or(code), reason);
    }
    let about_token = refusal.param.as_deref().is_some_and(|param| param.starts_with("payment_method"));
    if about_token {
        return Decline::new("invalid_token", "This payment method cannot be used.");
    }
    // Not its message, which may quote what was sent.
    tracing::error!(code, param = refusal.param, "Stripe refuses a request");
    general(&code)
}

/// Says nothing more, or something that Stripe asks not to tell the person who holds the card.
fn is_secret(code: &str) -> bool {
    matches!(
        code,
        "generic_decline"
            | "fraudulent"
            | "lost_card"
            | "stolen_card"
            | "merchant_blacklist"
            | "pickup_card"
            | "restricted_card"
    )
}

/// The amount as Stripe counts it: as ISO 4217 has it, but for two currencies that it gives two digits they no longer have.
pub(super) fn minor(amount: Money) -> i64 {
    match amount.currency.code() {
        "ISK" | "UGX" => amount.minor.saturating_mul(100),
        _ => amount.minor,
    }
}

use kernel::{Money, PaymentId, RefundId};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::adapters::TestToken;
use crate::domain::{RefundOrigin, RefundStatus};

/// Money that is given back, or shall be.
#[derive(Debug, Clone)]
pub struct Refund {
    /// Its id.
    pub id: RefundId,
    /// The payment it belongs to.
    pub payment_id: PaymentId,
    /// How much.
    pub amount: Money,
    /// Why, for a person to read.
    pub reason: String,
    /// Who wants it.
    pub origin: RefundOrigin,
    /// Where it is in its life.
    pub status: RefundStatus,
    /// Why it failed, for a person to read.
    pub failure_reason: Option<String>,
    /// When it was asked for.
    pub created_at: OffsetDateTime,
}

/// A place in the list of payments.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// When the payment was asked for.
    pub at: OffsetDateTime,
    /// Decides between equal times.
    pub id: Uuid,
}

/// A provider as shoppers' clients want to know it.
#[derive(Debug, Clone, Copy)]
pub struct ProviderState {
    /// Its name.
    pub name: &'static str,
    /// Whether it has answered lately.
    pub is_up: bool,
    /// Tokens to test with.
    pub test_tokens: &'static [TestToken],
}

//! What the payments service publishes.

use kernel::{Money, OrderId, PaymentId, RefundId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Event, Ranked};

/// The provider has set the money aside.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PaymentAuthorised {
    /// The order.
    pub order_id: OrderId,
    /// The payment.
    pub payment_id: PaymentId,
    /// How much.
    pub amount: Money,
}

impl Event for PaymentAuthorised {
    const NAME: &'static str = "payments.payment.authorised.v1";
    fn aggregate(&self) -> Uuid {
        self.order_id.0
    }
}

impl Ranked for PaymentAuthorised {
    fn rank(&self) -> i64 {
        1
    }
}

/// The money is ours.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PaymentCaptured {
    /// The order.
    pub order_id: OrderId,
    /// The payment.
    pub payment_id: PaymentId,
    /// How much.
    pub amount: Money,
}

impl Event for PaymentCaptured {
    const NAME: &'static str = "payments.payment.captured.v1";
    fn aggregate(&self) -> Uuid {
        self.order_id.0
    }
}

// Money that is ours was set aside before.
impl Ranked for PaymentCaptured {
    fn rank(&self) -> i64 {
        2
    }
}

/// The provider refused, or the time was over. Nothing was charged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PaymentFailed {
    /// The order.
    pub order_id: OrderId,
    /// The payment.
    pub payment_id: PaymentId,
    /// Why, for programs, for example `card_declined`, `expired`.
    pub code: String,
    /// Why, in the words of the provider, for the shopper to read.
    pub reason: String,
}

impl Event for PaymentFailed {
    const NAME: &'static str = "payments.payment.failed.v1";
    fn aggregate(&self) -> Uuid {
        self.order_id.0
    }
}

/// The shopper must do something first, for example confirm at their bank (3-D Secure).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PaymentActionRequired {
    /// The order.
    pub order_id: OrderId,
    /// The payment.
    pub payment_id: PaymentId,
    /// Where the shopper does it.
    pub action_url: String,
}

impl Event for PaymentActionRequired {
    const NAME: &'static str = "payments.payment.action_required.v1";
    fn aggregate(&self) -> Uuid {
        self.order_id.0
    }
}

/// The payment is undone before anything was charged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PaymentVoided {
    /// The order.
    pub order_id: OrderId,
    /// The payment.
    pub payment_id: PaymentId,
}

impl Event for PaymentVoided {
    const NAME: &'static str = "payments.payment.voided.v1";
    fn aggregate(&self) -> Uuid {
        self.order_id.0
    }
}

/// Money was given back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PaymentRefunded {
    /// The order.
    pub order_id: OrderId,
    /// The payment.
    pub payment_id: PaymentId,
    /// The refund that was asked for; none when the whole payment was undone.
    pub refund_id: Option<RefundId>,
    /// How much this time.
    pub amount: Money,
}

impl Event for PaymentRefunded {
    const NAME: &'static str = "payments.payment.refunded.v1";
    fn aggregate(&self) -> Uuid {
        self.order_id.0
    }
}

/// The provider did not give the money back; somebody has to look.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RefundFailed {
    /// The order.
    pub order_id: OrderId,
    /// The payment.
    pub payment_id: PaymentId,
    /// The refund that was asked for.
    pub refund_id: Option<RefundId>,
    /// Why, in the words of the provider.
    pub reason: String,
}

impl Event for RefundFailed {
    const NAME: &'static str = "payments.refund.failed.v1";
    fn aggregate(&self) -> Uuid {
        self.order_id.0
    }
}

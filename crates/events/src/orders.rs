//! What the orders service publishes: what became of an order, and what its saga asks of others.

use std::fmt;

use kernel::{Email, Money, OrderId, PostalAddress, ProductId, RefundId, UserId, VariantId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{Event, Ranked};

/// An order, whole: a consumer needs no other event to know it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OrderSnapshot {
    /// The order.
    pub order_id: OrderId,
    /// Grows with every change; a snapshot with a lower version is late and can be ignored.
    pub version: i64,
    /// What people call it, for example `TC-100042`.
    pub number: String,
    /// Name of the status, for example `CONFIRMED`.
    pub status: String,
    /// Why it is in this status, where there is something to say, for a person to read.
    pub reason: Option<String>,
    /// The account it belongs to; none for a guest.
    pub user_id: Option<UserId>,
    /// Where to reach the shopper.
    pub email: Email,
    /// BCP 47 language tag for what is written to the shopper.
    pub locale: String,
    /// When it was placed.
    #[serde(with = "time::serde::rfc3339")]
    #[schemars(with = "String")]
    pub placed_at: OffsetDateTime,
    /// What was ordered.
    pub lines: Vec<OrderLineSnapshot>,
    /// Sum of the lines.
    pub subtotal: Money,
    /// Delivery.
    pub shipping: Money,
    /// Tax that the total contains or adds, as the country has it.
    pub tax: Money,
    /// What is charged.
    pub total: Money,
    /// Where it goes.
    pub shipping_address: PostalAddress,
}

/// A line of an order, as it was when the order was placed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OrderLineSnapshot {
    /// The product.
    pub product_id: ProductId,
    /// The variant.
    pub variant_id: VariantId,
    /// Stock keeping unit, where the merchant uses one.
    pub sku: Option<String>,
    /// The product's title.
    pub title: String,
    /// The chosen options, for example `Red / Large`; may be empty.
    pub variant_title: String,
    /// Units.
    pub quantity: i64,
    /// Price of one unit.
    pub unit_price: Money,
    /// Price of all units.
    pub total: Money,
}

/// Units of a variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Quantity {
    /// What.
    pub variant_id: VariantId,
    /// Units, at least one.
    pub quantity: i64,
}

/// A provider's token for a card. Not secret as card data are, and yet nobody's to read: it does not show itself in logs.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct ProviderToken(pub String);

impl fmt::Debug for ProviderToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ProviderToken(…)")
    }
}

/// How the shopper pays: a token of the provider stands for the card, whose data never enter the platform.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PaymentMethod {
    /// Name of the provider, for example `sandbox` or `stripe`.
    pub provider: String,
    /// The provider's token for the card.
    pub token: ProviderToken,
}

macro_rules! order_event {
    ($(#[$doc:meta])* $type:ident, $name:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
        pub struct $type {
            /// The order after the change.
            pub order: OrderSnapshot,
        }
        impl Event for $type {
            const NAME: &'static str = $name;
            fn aggregate(&self) -> Uuid {
                self.order.order_id.0
            }
        }
        impl Ranked for $type {
            fn rank(&self) -> i64 {
                self.order.version
            }
        }
    };
}

order_event! {
    /// A shopper placed an order.
    OrderPlaced, "orders.order.placed.v1"
}
order_event! {
    /// Stock is set aside and paid: the order will be delivered.
    OrderConfirmed, "orders.order.confirmed.v1"
}
order_event! {
    /// The order could not be taken because stock is lacking. Nothing was charged.
    OrderRejected, "orders.order.rejected.v1"
}
order_event! {
    /// The order will not be delivered. What was charged is given back.
    OrderCancelled, "orders.order.cancelled.v1"
}
order_event! {
    /// Anything else about the order changed, for example that it is being sent.
    OrderUpdated, "orders.order.updated.v1"
}

/// The saga asks inventory to set stock aside: all lines or none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReservationRequested {
    /// The order.
    pub order_id: OrderId,
    /// What, each variant once.
    pub lines: Vec<Quantity>,
}

impl Event for ReservationRequested {
    const NAME: &'static str = "orders.reservation.requested.v1";
    fn aggregate(&self) -> Uuid {
        self.order_id.0
    }
}

/// The saga asks inventory to make the reserved stock available again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReleaseRequested {
    /// The order.
    pub order_id: OrderId,
}

impl Event for ReleaseRequested {
    const NAME: &'static str = "orders.release.requested.v1";
    fn aggregate(&self) -> Uuid {
        self.order_id.0
    }
}

/// The saga asks inventory to take the reserved stock out for good; it is paid.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CommitRequested {
    /// The order.
    pub order_id: OrderId,
}

impl Event for CommitRequested {
    const NAME: &'static str = "orders.commit.requested.v1";
    fn aggregate(&self) -> Uuid {
        self.order_id.0
    }
}

/// The saga asks inventory to put committed stock back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RestockRequested {
    /// The order.
    pub order_id: OrderId,
}

impl Event for RestockRequested {
    const NAME: &'static str = "orders.restock.requested.v1";
    fn aggregate(&self) -> Uuid {
        self.order_id.0
    }
}

/// The saga asks payments to charge the order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PaymentRequested {
    /// The order.
    pub order_id: OrderId,
    /// The account that pays; none for a guest.
    pub user_id: Option<UserId>,
    /// Where the provider may reach the shopper.
    pub email: Email,
    /// How much.
    pub amount: Money,
    /// With what.
    pub method: PaymentMethod,
    /// When to give up; later than this nothing may be charged.
    #[serde(with = "time::serde::rfc3339")]
    #[schemars(with = "String")]
    pub pay_by: OffsetDateTime,
}

impl Event for PaymentRequested {
    const NAME: &'static str = "orders.payment.requested.v1";
    fn aggregate(&self) -> Uuid {
        self.order_id.0
    }
}

/// The saga asks payments to undo the payment of an order, however far it has come: void, refund, or never begin.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct VoidRequested {
    /// The order.
    pub order_id: OrderId,
    /// Why, for a person to read.
    pub reason: String,
}

impl Event for VoidRequested {
    const NAME: &'static str = "orders.void.requested.v1";
    fn aggregate(&self) -> Uuid {
        self.order_id.0
    }
}

/// Part or all of what was paid shall be given back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RefundRequested {
    /// The order.
    pub order_id: OrderId,
    /// Names the refund; asking twice with the same is asking once.
    pub refund_id: RefundId,
    /// How much.
    pub amount: Money,
    /// Why, for a person to read.
    pub reason: String,
}

impl Event for RefundRequested {
    const NAME: &'static str = "orders.refund.requested.v1";
    fn aggregate(&self) -> Uuid {
        self.order_id.0
    }
}

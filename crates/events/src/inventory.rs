//! What the inventory service publishes.

use kernel::{OrderId, VariantId, WarehouseId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{Event, Ranked};

/// Units of a variant from one warehouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Allocation {
    /// What.
    pub variant_id: VariantId,
    /// From where.
    pub warehouse_id: WarehouseId,
    /// Units.
    pub quantity: i64,
}

/// A line that could not be reserved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Shortage {
    /// What.
    pub variant_id: VariantId,
    /// Units asked for.
    pub requested: i64,
    /// Units there were, in all warehouses.
    pub available: i64,
}

/// Why reserved stock is available again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ReleasedBecause {
    /// The order asked for it.
    Requested,
    /// The reservation's life was over.
    Expired,
}

/// Every line of an order is set aside for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StockReserved {
    /// The order.
    pub order_id: OrderId,
    /// When the stock becomes available again by itself.
    #[serde(with = "time::serde::rfc3339")]
    #[schemars(with = "String")]
    pub expires_at: OffsetDateTime,
    /// What was taken from where.
    pub allocations: Vec<Allocation>,
}

impl Event for StockReserved {
    const NAME: &'static str = "inventory.stock.reserved.v1";
    fn aggregate(&self) -> Uuid {
        self.order_id.0
    }
}

/// No line of an order was reserved, because at least one lacks stock.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StockRejected {
    /// The order.
    pub order_id: OrderId,
    /// The lines that lack stock.
    pub shortages: Vec<Shortage>,
}

impl Event for StockRejected {
    const NAME: &'static str = "inventory.stock.rejected.v1";
    fn aggregate(&self) -> Uuid {
        self.order_id.0
    }
}

/// What was reserved for an order is available again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StockReleased {
    /// The order.
    pub order_id: OrderId,
    /// Why.
    pub reason: ReleasedBecause,
}

impl Event for StockReleased {
    const NAME: &'static str = "inventory.stock.released.v1";
    fn aggregate(&self) -> Uuid {
        self.order_id.0
    }
}

/// What was reserved for an order has left the stock for good.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StockCommitted {
    /// The order.
    pub order_id: OrderId,
    /// What left from where.
    pub allocations: Vec<Allocation>,
}

impl Event for StockCommitted {
    const NAME: &'static str = "inventory.stock.committed.v1";
    fn aggregate(&self) -> Uuid {
        self.order_id.0
    }
}

/// The reservation had expired and the stock is gone: the order cannot be delivered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CommitRefused {
    /// The order.
    pub order_id: OrderId,
    /// The lines that lack stock.
    pub shortages: Vec<Shortage>,
}

impl Event for CommitRefused {
    const NAME: &'static str = "inventory.commit.refused.v1";
    fn aggregate(&self) -> Uuid {
        self.order_id.0
    }
}

/// How many units of a variant can be sold changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LevelChanged {
    /// The variant.
    pub variant_id: VariantId,
    /// Grows with every change of the variant; a lower one is late and can be ignored.
    pub version: i64,
    /// Units that can be sold, in all warehouses.
    pub available: i64,
}

impl Event for LevelChanged {
    const NAME: &'static str = "inventory.level.changed.v1";
    fn aggregate(&self) -> Uuid {
        self.variant_id.0
    }
}

impl Ranked for LevelChanged {
    fn rank(&self) -> i64 {
        self.version
    }
}

/// A variant fell to its threshold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StockLow {
    /// The variant.
    pub variant_id: VariantId,
    /// Units that can be sold, in all warehouses.
    pub available: i64,
    /// The threshold, in units.
    pub threshold: i64,
}

impl Event for StockLow {
    const NAME: &'static str = "inventory.stock.low.v1";
    fn aggregate(&self) -> Uuid {
        self.variant_id.0
    }
}

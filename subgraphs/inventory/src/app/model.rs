use kernel::{OrderId, UserId, VariantId, WarehouseId};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::domain::{Allocation, Kind, Line, Shelf, Status};

/// A place where stock is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warehouse {
    /// Its id.
    pub id: WarehouseId,
    /// What people call it on labels.
    pub code: String,
    /// Display name.
    pub name: String,
    /// ISO 3166-1 alpha-2 code.
    pub country: String,
    /// Its place in the order of asking; the lowest comes first.
    pub priority: i32,
    /// Whether what it keeps is for sale.
    pub active: bool,
}

/// A change of the stock.
#[derive(Debug, Clone)]
pub struct Movement {
    /// Its id.
    pub id: Uuid,
    /// Why.
    pub kind: Kind,
    /// What.
    pub variant_id: VariantId,
    /// Where.
    pub warehouse_id: WarehouseId,
    /// Units more that are there.
    pub on_hand: i64,
    /// Units more that are set aside.
    pub reserved: i64,
    /// The order it was for.
    pub order_id: Option<OrderId>,
    /// Who did it by hand.
    pub actor_id: Option<UserId>,
    /// Why they did it.
    pub reason: Option<String>,
    /// When.
    pub at: OffsetDateTime,
}

/// A place in the history of a variant.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// When the last change seen was made.
    pub at: OffsetDateTime,
    /// Its id, which decides between equal times.
    pub id: Uuid,
}

/// What became of the stock of an order.
#[derive(Debug, Clone)]
pub struct Reservation {
    /// The order.
    pub order_id: OrderId,
    /// Where it is.
    pub status: Status,
    /// When it becomes available again by itself.
    pub expires_at: Option<OffsetDateTime>,
    /// When the order was first heard of.
    pub created_at: OffsetDateTime,
    /// When the status last changed.
    pub updated_at: OffsetDateTime,
    /// What was asked for, and where it lacked stock, how much there was.
    pub lines: Vec<(Line, Option<i64>)>,
    /// What the order holds.
    pub allocations: Vec<Allocation>,
}

/// What came of an adjustment.
#[derive(Debug, Clone)]
pub struct Adjusted {
    /// The change.
    pub movement: Movement,
    /// The shelf as it is now.
    pub shelf: Shelf,
}

use async_graphql::{ComplexObject, Context, Enum, Result, SimpleObject};
use kernel::WarehouseId;
use time::OffsetDateTime;

use super::{Order, ProductVariant, Warehouse, units, warehouse};
use crate::app;
use crate::domain::{Allocation, Line, Status};

/// What became of an order's request for stock.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct StockReservation {
    /// The order.
    pub order: Order,
    /// Where the reservation is in its life.
    pub status: StockReservationStatus,
    /// When the stock is, or was, available again by itself; null when none was ever asked for.
    pub expires_at: Option<OffsetDateTime>,
    /// When the order first asked.
    pub created_at: OffsetDateTime,
    /// When the status last changed.
    pub updated_at: OffsetDateTime,
    /// What the order wants.
    pub lines: Vec<StockReservationLine>,
    /// What the order has from which warehouse; empty once it was given back.
    pub allocations: Vec<StockAllocation>,
}

/// Where a reservation is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Status")]
pub enum StockReservationStatus {
    /// Every line is set aside.
    Reserved,
    /// Stock was lacking: nothing is set aside.
    Rejected,
    /// It was given up: nothing is set aside.
    Released,
    /// It was not paid in time: nothing is set aside.
    Expired,
    /// The units have left the stock.
    Committed,
    /// The units had left the stock and are back.
    Restocked,
}

/// Units of a variant that an order wants.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct StockReservationLine {
    /// What.
    pub variant: ProductVariant,
    /// Units.
    pub quantity: i32,
    /// Units that there were when stock was lacking; null for a line that did not lack any.
    pub lacking_available: Option<i32>,
}

/// Units of a variant that an order has from a warehouse.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct StockAllocation {
    /// What.
    pub variant: ProductVariant,
    /// Units.
    pub quantity: i32,
    #[graphql(skip)]
    from: WarehouseId,
}

#[ComplexObject]
impl StockAllocation {
    /// From where.
    async fn warehouse(&self, ctx: &Context<'_>) -> Result<Warehouse> {
        warehouse(ctx, self.from).await
    }
}

impl From<app::Reservation> for StockReservation {
    fn from(of: app::Reservation) -> Self {
        let line = |(line, available): (Line, Option<i64>)| StockReservationLine {
            variant: line.variant_id.into(),
            quantity: units(line.quantity),
            lacking_available: available.map(units),
        };
        let allocation = |of: Allocation| StockAllocation {
            variant: of.variant_id.into(),
            quantity: units(of.quantity),
            from: of.warehouse_id,
        };
        Self {
            order: Order { id: of.order_id.0.into() },
            status: of.status.into(),
            expires_at: of.expires_at,
            created_at: of.created_at,
            updated_at: of.updated_at,
            lines: of.lines.into_iter().map(line).collect(),
            allocations: of.allocations.into_iter().map(allocation).collect(),
        }
    }
}

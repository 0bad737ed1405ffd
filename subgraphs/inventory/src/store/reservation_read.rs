use kernel::OrderId;
use sqlx::PgConnection;
use uuid::Uuid;

use super::corrupt;
use crate::app::Reservation;
use crate::domain::{Allocation, Line};

/// Units of a variant that an order holds in a warehouse.
pub(super) struct AllocationRow {
    pub(super) variant_id: Uuid,
    pub(super) warehouse_id: Uuid,
    pub(super) quantity: i64,
}

impl From<AllocationRow> for Allocation {
    fn from(row: AllocationRow) -> Self {
        Self { variant_id: row.variant_id.into(), warehouse_id: row.warehouse_id.into(), quantity: row.quantity }
    }
}

/// What the order holds.
pub(crate) async fn allocations(conn: &mut PgConnection, order: OrderId) -> sqlx::Result<Vec<Allocation>> {
    let rows = sqlx::query_as!(
        AllocationRow,
        "select variant_id, warehouse_id, quantity from inventory.allocation where order_id = $1
         order by variant_id, warehouse_id",
        order.0
    );
    Ok(rows.fetch_all(conn).await?.into_iter().map(Into::into).collect())
}

/// What the order asked for, in the order of the variants' ids, and where it lacked stock, how much there was.
pub(crate) async fn lines(conn: &mut PgConnection, order: OrderId) -> sqlx::Result<Vec<(Line, Option<i64>)>> {
    let rows = sqlx::query!(
        "select variant_id, quantity, available from inventory.reservation_line where order_id = $1 order by variant_id",
        order.0
    );
    let rows = rows.fetch_all(conn).await?.into_iter();
    Ok(rows.map(|row| (Line { variant_id: row.variant_id.into(), quantity: row.quantity }, row.available)).collect())
}

/// The reservation of the order, without its lines and allocations.
pub(crate) async fn by_order(conn: &mut PgConnection, order: OrderId) -> sqlx::Result<Option<Reservation>> {
    let row = sqlx::query!(
        "select status, expires_at, created_at, updated_at from inventory.reservation where order_id = $1",
        order.0
    );
    let Some(row) = row.fetch_optional(conn).await? else { return Ok(None) };
    Ok(Some(Reservation {
        order_id: order,
        status: row.status.parse().map_err(corrupt)?,
        expires_at: row.expires_at,
        created_at: row.created_at,
        updated_at: row.updated_at,
        lines: Vec::new(),
        allocations: Vec::new(),
    }))
}

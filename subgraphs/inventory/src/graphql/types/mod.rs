mod entity;
mod error;
mod movement;
mod reservation;
mod stock;
mod variant;

pub(crate) use entity::{Order, User};
pub(crate) use error::{StockError, stock_errors};
pub(crate) use movement::{StockMovement, StockMovements, movements};
pub(crate) use reservation::StockReservation;
pub(crate) use stock::{StockLevel, Warehouse, warehouse};
pub(crate) use variant::ProductVariant;

/// Units as the graph has them. What does not fit its integers is as good as endless.
fn units(of: i64) -> i32 {
    i32::try_from(of).unwrap_or(if of < 0 { i32::MIN } else { i32::MAX })
}

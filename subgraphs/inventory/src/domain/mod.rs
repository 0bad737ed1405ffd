//! Rules of stock and reservations, without I/O.

mod adjustment;
mod allocate;
mod movement;
mod order;
mod problem;
mod reservation;
mod shelf;
mod warehouse;

pub use adjustment::{Adjustment, MAX_UNITS};
pub use allocate::{Allocation, Shortage, allocate};
pub use movement::Kind;
pub use order::{BadOrder, Line, Lines};
pub use problem::{Missing, Problem};
pub use reservation::{Answer, Decision, Request, Status, decide};
pub use shelf::{Level, Shelf, Supply};
pub use warehouse::{WarehouseDraft, WarehousePatch};

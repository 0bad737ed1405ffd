//! Pure rules of carts, of what they cost, and of an order's way from placed to confirmed.

mod limits;
mod problem;
mod saga;
mod status;
mod totals;

pub use limits::{MAX_LINES, MAX_QUANTITY};
pub use problem::Problem;
pub use saga::{Ask, Entry, Input, Step, Tell};
pub use status::{PaymentStatus, Saga, Status, StockStatus};
pub use totals::{TaxRate, Totals, totals};

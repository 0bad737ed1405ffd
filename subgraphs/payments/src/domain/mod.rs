//! Pure rules of payments: the state machine, refunds, the ledger's postings, how long to wait.

mod answer;
mod backoff;
mod ledger;
mod payment;
mod problem;
mod status;

pub use answer::{Answer, Decline, RefundAnswer};
pub use backoff::backoff;
pub use ledger::{Movement, Posting};
pub use payment::{Notice, Payment, Refused, Step};
pub use problem::Problem;
pub use status::{RefundOrigin, RefundStatus, Status};

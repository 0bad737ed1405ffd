//! The vocabulary every crate shares: typed ids, money, the clock, the actor with its scopes, and failures.
//!
//! Nothing here does I/O or knows a transport, so a rule written with these types can be tested without either.

mod actor;
mod clock;
mod failure;
mod id;
mod money;

pub use actor::{Actor, Scope, UnknownScope};
pub use clock::{Clock, SystemClock};
pub use failure::{Failure, Fault, FaultKind};
pub use id::{CategoryId, CollectionId, MediaId, OrderId, ProductId, UserId, VariantId};
pub use money::{Currency, Money, MoneyError};

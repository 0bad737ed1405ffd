//! The vocabulary every crate shares: typed ids, money, the clock, the actor with its scopes, and failures.
//!
//! Nothing here does I/O or knows a transport, so a rule written with these types can be tested without either.

mod actor;
mod address;
mod clock;
#[cfg(feature = "database")]
mod database;
mod email;
mod failure;
mod id;
pub mod instant;
mod language;
mod money;

pub use actor::{Actor, Scope, UnknownScope};
pub use address::PostalAddress;
pub use clock::{Clock, SystemClock};
pub use email::{Email, EmailError};
pub use failure::{Failure, Fault, FaultKind};
pub use id::{
    AddressId, CartId, CategoryId, CollectionId, MediaId, MessageId, OrderId, PaymentId, ProductId, RefundId,
    SessionId, UserId, VariantId, WarehouseId,
};
pub use language::language_tag;
pub use money::{Currency, Money, MoneyError};

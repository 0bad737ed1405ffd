//! What every subgraph's GraphQL shares: the actor and its guards, money and error types, cursors, limits, transports.

mod actor;
mod cursor;
mod error;
mod guard;
mod scalar;
mod transport;

pub use actor::{TokenError, TokenVerifier};
pub use cursor::Keyset;
pub use error::{InvalidInput, NotFound, masked, parse_id};
pub use guard::Scoped;
pub use scalar::{CurrencyCode, Money};
pub use transport::{Limits, router};

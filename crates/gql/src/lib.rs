//! What every subgraph's GraphQL shares: the actor and its guards, money and error types, cursors, limits, transports.

mod actor;
mod address;
mod answers;
mod cursor;
mod documents;
mod error;
mod guard;
mod operation;
mod page;
mod scalar;
mod schema;
mod time_limit;
mod transport;

pub use actor::{TokenError, TokenVerifier};
pub use address::{PostalAddress, PostalAddressInput};
pub use answers::Answers;
pub use cursor::Keyset;
pub use error::{IdempotencyConflict, InvalidInput, NotFound, masked, parse_id};
pub use guard::{Scoped, SignedIn, actor};
pub use operation::Operation;
pub use page::{input_time, page_after, page_size, refused};
pub use scalar::{CurrencyCode, Money};
pub use schema::{sdl, subgraph};
pub use transport::{Limits, router, router_keeping};

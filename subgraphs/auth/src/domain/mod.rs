//! Pure rules of accounts, sessions, tokens, roles.

mod account;
mod key;
mod password;
mod role;
mod session;

pub use account::{NewAccount, Problem, device};
pub use key::{KeyTimes, TOKEN_LIFE, next_key, over};
pub use password::{MAX_PASSWORD, check_password};
pub use role::{Role, scopes_of, with_shopper};
pub use session::{Ended, SESSION_LIFE};

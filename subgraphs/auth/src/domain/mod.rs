//! Pure rules of accounts, sessions, tokens, roles.

mod account;
mod audit;
mod key;
mod letter;
mod password;
mod role;
mod session;

pub use account::{NewAccount, Problem, device};
pub use audit::{Action, By, On};
pub use key::{KeyTimes, TOKEN_LIFE, next_key, over};
pub use letter::LetterProblem;
pub use password::{MAX_PASSWORD, check_password};
pub use role::{Role, scopes_of, with_shopper};
pub use session::{Ended, SESSION_LIFE};

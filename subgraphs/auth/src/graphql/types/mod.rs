mod error;
mod role;
mod session;
mod user;

pub(crate) use error::{AccountError, InvalidCredentials, account_errors};
pub(crate) use role::{AccountRole, RoleDefinition};
pub(crate) use session::Session;
pub(crate) use user::User;

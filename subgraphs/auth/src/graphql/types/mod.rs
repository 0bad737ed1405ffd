mod audit;
mod error;
mod letter;
mod role;
mod session;
mod user;

pub(crate) use audit::{AuditEntry, AuditFilter, audit_entries};
pub(crate) use error::{AccountError, InvalidCredentials, account_errors};
pub(crate) use letter::{
    DeadLetter, DeadLetterError, DeadLetterFilter, DeadLetters, dead_letters, letter_errors, number,
};
pub(crate) use role::{AccountRole, RoleDefinition};
pub(crate) use session::Session;
pub(crate) use user::User;

mod address;
mod error;
mod history;
mod listing;
mod user;

pub(crate) use address::Address;
pub(crate) use error::{ProfileError, profile_errors};
pub(crate) use history::{History, history};
pub(crate) use listing::{Users, cursor, place, users};
pub(crate) use user::User;

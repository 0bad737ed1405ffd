//! All SQL. Functions work on the connection they are given.

pub(crate) mod account;
pub(crate) mod audit;
pub(crate) mod key;
pub(crate) mod session;
pub(crate) mod token;

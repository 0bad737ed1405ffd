//! All SQL of the service.

pub(crate) mod category;
pub(crate) mod collected;
pub(crate) mod collection;
pub(crate) mod listing;
pub(crate) mod read;
pub(crate) mod write;

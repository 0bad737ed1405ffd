//! Rules of profiles and addresses, without I/O.

mod access;
mod address;
mod change;
mod profile;
mod text;

pub use access::{may_change, may_delete, may_see};
pub use address::{AddressDraft, AddressPatch, MAX_ADDRESSES};
pub use change::{ChangeKind, FieldChange};
pub use profile::{Details, ProfilePatch};

/// What is wrong with a request, and how to fix it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// A value cannot be used.
    Invalid {
        /// Its path in the input.
        field: String,
        /// Why, and what would do.
        message: String,
    },
    /// There is no such profile or address, or it is not the actor's to change.
    NotFound,
    /// The address book is full.
    AddressLimit,
}

impl Problem {
    pub(crate) fn invalid(field: &str, message: impl Into<String>) -> Self {
        Self::Invalid { field: field.to_owned(), message: message.into() }
    }
}

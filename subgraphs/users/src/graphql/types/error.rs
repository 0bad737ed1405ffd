use async_graphql::{ID, Interface, SimpleObject};
use gql::{InvalidInput, NotFound};

use crate::domain::{MAX_ADDRESSES, Problem};

/// Why a change to a profile or an address book did not happen.
#[derive(Interface)]
#[graphql(field(name = "message", ty = "&String", desc = "What is wrong and how to fix it, for a person to read."))]
pub enum ProfileError {
    /// A value of the input cannot be used.
    InvalidInput(InvalidInput),
    /// There is no such profile or address.
    NotFound(NotFound),
    /// The address book is full.
    AddressLimitReached(AddressLimitReached),
}

/// The address book is full.
#[derive(SimpleObject)]
pub struct AddressLimitReached {
    /// What is wrong and how to fix it, for a person to read.
    pub message: String,
    /// How many entries an address book can have.
    pub limit: i32,
}

/// The problems of a use case as the errors of a payload; `what` was looked for by `id`.
pub(crate) fn profile_errors(what: &str, id: &ID, problems: Vec<Problem>) -> Vec<ProfileError> {
    let error = |problem| match problem {
        Problem::Invalid { field, message } => ProfileError::InvalidInput(InvalidInput { message, field }),
        Problem::NotFound => ProfileError::NotFound(NotFound {
            message: format!("there is no {what} with this id that you can change"),
            id: id.clone(),
        }),
        Problem::AddressLimit => ProfileError::AddressLimitReached(AddressLimitReached {
            message: format!("an address book has at most {MAX_ADDRESSES} entries: delete one first"),
            limit: MAX_ADDRESSES.into(),
        }),
    };
    problems.into_iter().map(error).collect()
}

use async_graphql::connection::CursorType;
use async_graphql::{Error, ErrorExtensions, Result};

use crate::Keyset;

/// The most entries of a page.
const MAX_FIRST: i32 = 100;

/// Refuses a request whose form is wrong, and says how to fix it.
pub fn refused(message: impl Into<String>) -> Error {
    Error::new(message).extend_with(|_, e| e.set("code", "BAD_USER_INPUT"))
}

/// The size of a page from the argument `first`: 1 to 100.
///
/// # Errors
/// Says what to ask for instead.
pub fn page_size(first: i32) -> Result<usize> {
    let count = usize::try_from(first).ok().filter(|_| (1..=MAX_FIRST).contains(&first));
    count.ok_or_else(|| refused(format!("`first` is {first}: ask for 1 to {MAX_FIRST}, and for more with `after`")))
}

/// The cursor from the argument `after`.
///
/// # Errors
/// When it is no cursor of ours.
pub fn page_after(after: Option<&str>) -> Result<Option<Keyset>> {
    after.map(Keyset::decode_cursor).transpose().map_err(|error| refused(error.to_string()))
}

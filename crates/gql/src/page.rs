use async_graphql::connection::CursorType;
use async_graphql::{Error, ErrorExtensions, Result};
use time::OffsetDateTime;

use crate::Keyset;

/// Entries of a page when none were asked for.
const DEFAULT_FIRST: i32 = 24;
/// The most entries of a page.
const MAX_FIRST: i32 = 100;

/// Refuses a request whose form is wrong, and says how to fix it.
pub fn refused(message: impl Into<String>) -> Error {
    Error::new(message).extend_with(|_, e| e.set("code", "BAD_USER_INPUT"))
}

/// The size of a page from the argument `first`: 1 to 100, and 24 when there is none. An argument has to be declared as
/// `Option<i32>` with the default `Some(24)`: a variable that a client leaves out arrives as null, in spite of the default.
///
/// # Errors
/// Says what to ask for instead.
pub fn page_size(first: Option<i32>) -> Result<usize> {
    let first = first.unwrap_or(DEFAULT_FIRST);
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

/// A time from an input, in UTC.
///
/// # Errors
/// When it lies outside of the years 1 to 9998, which no time of ours does.
pub fn input_time(time: OffsetDateTime, field: &str) -> Result<OffsetDateTime> {
    kernel::instant::in_range(time).ok_or_else(|| refused(format!("`{field}` is outside of the years 1 to 9998")))
}

use async_graphql::Result;
use async_graphql::connection::CursorType;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::instant;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::refused;

/// A place in a sorted list: the sort value and the id of the last item seen. Opaque to clients.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keyset {
    /// The sort value, as text.
    pub value: String,
    /// Decides between equal sort values.
    pub id: Uuid,
}

impl Keyset {
    /// A place in a list sorted by time.
    pub fn at(time: OffsetDateTime, id: Uuid) -> Self {
        Self { value: instant::micros(time).to_string(), id }
    }

    /// The time of a place in a list sorted by time.
    ///
    /// # Errors
    /// When the place is one of another list.
    pub fn time(&self) -> Result<OffsetDateTime> {
        let time = self.value.parse().ok().and_then(instant::from_micros);
        time.ok_or_else(|| refused("this cursor belongs to another list: start that list again without `after`"))
    }
}

/// The text is no cursor of ours.
#[derive(Debug, thiserror::Error)]
#[error("this cursor is not one that a page returned: pass `endCursor` or `startCursor` unchanged")]
pub struct BadCursor;

impl CursorType for Keyset {
    type Error = BadCursor;

    fn decode_cursor(text: &str) -> std::result::Result<Self, Self::Error> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| BadCursor)?;
        let keyset: Self = serde_json::from_slice(&bytes).map_err(|_| BadCursor)?;
        // PostgreSQL has no NUL in text, so no page of ours can have ended at one.
        if keyset.value.contains('\0') { Err(BadCursor) } else { Ok(keyset) }
    }

    fn encode_cursor(&self) -> String {
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).unwrap_or_default())
    }
}

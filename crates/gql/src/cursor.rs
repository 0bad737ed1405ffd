use async_graphql::connection::CursorType;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A place in a sorted list: the sort value and the id of the last item seen. Opaque to clients.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keyset {
    /// The sort value, as text.
    pub value: String,
    /// Decides between equal sort values.
    pub id: Uuid,
}

/// The text is no cursor of ours.
#[derive(Debug, thiserror::Error)]
#[error("this cursor is not one that a page returned: pass `endCursor` or `startCursor` unchanged")]
pub struct BadCursor;

impl CursorType for Keyset {
    type Error = BadCursor;

    fn decode_cursor(text: &str) -> Result<Self, Self::Error> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| BadCursor)?;
        let keyset: Self = serde_json::from_slice(&bytes).map_err(|_| BadCursor)?;
        // PostgreSQL has no NUL in text, so no page of ours can have ended at one.
        if keyset.value.contains('\0') { Err(BadCursor) } else { Ok(keyset) }
    }

    fn encode_cursor(&self) -> String {
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).unwrap_or_default())
    }
}

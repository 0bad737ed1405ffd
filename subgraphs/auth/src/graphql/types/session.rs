use async_graphql::{ID, SimpleObject};
use time::OffsetDateTime;

use crate::app;

/// A sign-in on one device.
#[derive(SimpleObject)]
pub struct Session {
    /// Identifies the session.
    pub id: ID,
    /// When its owner signed in.
    pub created_at: OffsetDateTime,
    /// When it last got an access token.
    pub last_used_at: OffsetDateTime,
    /// When it ends by itself: 30 days after its last use.
    pub expires_at: OffsetDateTime,
    /// What the client said it is when it signed in, for example `TechCorp for iPhone 4.1`; null when it said nothing.
    pub user_agent: Option<String>,
    /// When it was ended before its time; null while it was not.
    pub revoked_at: Option<OffsetDateTime>,
}

impl From<app::Session> for Session {
    fn from(of: app::Session) -> Self {
        let app::Session { id, created_at, last_used_at, expires_at, user_agent, revoked_at, .. } = of;
        Self { id: id.0.into(), created_at, last_used_at, expires_at, user_agent, revoked_at }
    }
}

use kernel::{SessionId, UserId};
use secrecy::SecretString;
use time::OffsetDateTime;

/// A sign-in of an account on one device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// The account.
    pub user_id: UserId,
    /// When its owner signed in.
    pub created_at: OffsetDateTime,
    /// When it last got an access token.
    pub last_used_at: OffsetDateTime,
    /// When it ends unless it is used again.
    pub expires_at: OffsetDateTime,
    /// What the client says it is.
    pub user_agent: Option<String>,
    /// When it was ended.
    pub revoked_at: Option<OffsetDateTime>,
}

/// What somebody has who signed in. The secrets are shown once and kept by nobody but their owner.
#[derive(Debug)]
pub struct SignedIn {
    /// Proves who asks, for a few minutes.
    pub access_token: SecretString,
    /// Gets the next access token, once.
    pub refresh_token: SecretString,
    /// Life of the access token in seconds.
    pub expires_in: i32,
    /// The sign-in.
    pub session: Session,
}

/// An account that somebody wants to open.
#[derive(Debug, Clone)]
pub struct Registration {
    /// What they want to sign in with.
    pub email: String,
    /// The proof.
    pub password: SecretString,
    /// How they want to be called.
    pub display_name: String,
    /// BCP 47 language tag.
    pub locale: String,
}

/// The session that shall end.
#[derive(Debug)]
pub enum Which {
    /// A session of this account.
    Own(UserId, SessionId),
    /// The session that the refresh token belongs to.
    Token(SecretString),
}

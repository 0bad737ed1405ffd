//! What the auth service publishes.

use kernel::{Email, SessionId, UserId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Event;

/// Somebody opened an account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AccountRegistered {
    /// The account.
    pub user_id: UserId,
    /// Where to reach its owner; also what they sign in with.
    pub email: Email,
    /// How the owner wants to be called.
    pub display_name: String,
    /// BCP 47 language tag for what is written to the owner, for example `en`.
    pub locale: String,
}

impl Event for AccountRegistered {
    const NAME: &'static str = "auth.account.registered.v1";
    fn aggregate(&self) -> Uuid {
        self.user_id.0
    }
}

/// Somebody signed in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SessionStarted {
    /// The account.
    pub user_id: UserId,
    /// The sign-in.
    pub session_id: SessionId,
    /// What the client says it is, where known.
    pub user_agent: Option<String>,
}

impl Event for SessionStarted {
    const NAME: &'static str = "auth.session.started.v1";
    fn aggregate(&self) -> Uuid {
        self.user_id.0
    }
}

/// Why a session ended before its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RevokedBecause {
    /// Its owner signed out, or ended it from another session.
    SignedOut,
    /// A refresh token was used twice, so it may be stolen.
    TokenReused,
    /// The password was changed.
    PasswordChanged,
    /// The account was deleted.
    AccountDeleted,
}

/// A session can no longer be refreshed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SessionRevoked {
    /// The account.
    pub user_id: UserId,
    /// The sign-in.
    pub session_id: SessionId,
    /// Why.
    pub reason: RevokedBecause,
}

impl Event for SessionRevoked {
    const NAME: &'static str = "auth.session.revoked.v1";
    fn aggregate(&self) -> Uuid {
        self.user_id.0
    }
}

/// The password of an account was changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PasswordChanged {
    /// The account.
    pub user_id: UserId,
    /// Where to reach its owner.
    pub email: Email,
}

impl Event for PasswordChanged {
    const NAME: &'static str = "auth.password.changed.v1";
    fn aggregate(&self) -> Uuid {
        self.user_id.0
    }
}

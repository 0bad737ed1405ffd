//! What the users service publishes.

use kernel::UserId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Event;

/// A profile changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UserUpdated {
    /// The account.
    pub user_id: UserId,
    /// Grows by one with every change.
    pub version: i64,
    /// How the person wants to be called.
    pub display_name: String,
    /// BCP 47 language tag for what is written to the person.
    pub locale: String,
}

impl Event for UserUpdated {
    const NAME: &'static str = "users.user.updated.v1";
    fn aggregate(&self) -> Uuid {
        self.user_id.0
    }
}

/// A person left: every service forgets what identifies them, and keeps what the law wants kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UserDeleted {
    /// The account.
    pub user_id: UserId,
}

impl Event for UserDeleted {
    const NAME: &'static str = "users.user.deleted.v1";
    fn aggregate(&self) -> Uuid {
        self.user_id.0
    }
}

use async_graphql::SimpleObject;

use super::{NotificationCategory, NotificationChannel};
use crate::domain::Preference;

/// Whether an account wants messages of a category on a channel.
#[derive(SimpleObject)]
pub struct NotificationPreference {
    /// What the messages are about.
    pub category: NotificationCategory,
    /// How they come.
    pub channel: NotificationChannel,
    /// Whether they are wanted.
    pub enabled: bool,
    /// Whether they cannot be switched off: show the switch, but fixed.
    pub mandatory: bool,
}

impl From<Preference> for NotificationPreference {
    fn from(of: Preference) -> Self {
        Self {
            category: of.category.into(),
            channel: of.channel.into(),
            enabled: of.enabled,
            mandatory: of.is_mandatory(),
        }
    }
}

mod entities;
mod enums;
mod error;
mod listing;
mod message;
mod preference;
mod template;

pub(crate) use entities::{Order, ProductVariant, User};
pub(crate) use enums::{MessageStatus, NotificationCategory, NotificationChannel, NotificationOccasion};
pub(crate) use error::{NotificationError, missing, notification_errors};
pub(crate) use listing::{MessageFilter, Messages, Notifications, messages, notifications};
pub(crate) use message::Message;
pub(crate) use preference::NotificationPreference;
pub(crate) use template::NotificationTemplate;

use async_graphql::SimpleObject;
use time::OffsetDateTime;

use super::{NotificationChannel, NotificationOccasion};
use crate::app;

/// A text that messages are made of. Names in double braces, as in Jinja, are filled in.
#[derive(SimpleObject)]
pub struct NotificationTemplate {
    /// The occasion.
    pub occasion: NotificationOccasion,
    /// How the messages come.
    pub channel: NotificationChannel,
    /// The language, as a tag in lower case, for example `de` or `pt-br`.
    pub locale: String,
    /// Grows by one with every change.
    pub version: i32,
    /// The subject: one line.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The HTML inside the layout that all e-mails share; null for what is read in the shop.
    pub html: Option<String>,
    /// When this version was written.
    pub updated_at: OffsetDateTime,
}

impl From<app::Template> for NotificationTemplate {
    fn from(of: app::Template) -> Self {
        Self {
            occasion: of.name.into(),
            channel: of.channel.into(),
            locale: of.locale,
            version: of.version,
            subject: of.subject,
            text: of.text,
            html: of.html,
            updated_at: of.created_at,
        }
    }
}

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use gql::{Scoped, masked};
use kernel::{Failure, Scope};

use crate::app::{App, TemplateDraft};
use crate::graphql::types::{
    NotificationChannel, NotificationError, NotificationOccasion, NotificationTemplate, notification_errors,
};

/// Changing a text.
#[derive(Debug, Default)]
pub struct TemplateUpdate;

/// A new version of a text, or a text in a further language.
#[derive(InputObject)]
pub struct NotificationTemplateUpdateInput {
    /// The occasion.
    pub occasion: NotificationOccasion,
    /// How the messages come.
    pub channel: NotificationChannel,
    /// The language, for example `de` or `pt-br`.
    pub locale: String,
    /// The subject: one line.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The HTML inside the layout that all e-mails share; only for e-mail.
    pub html: Option<String>,
}

/// What became of changing a text.
#[derive(SimpleObject)]
pub struct NotificationTemplateUpdatePayload {
    /// The text, in use from now on; null when there are errors.
    pub template: Option<NotificationTemplate>,
    /// Why it did not happen; empty when it did.
    pub errors: Vec<NotificationError>,
}

#[Object]
impl TemplateUpdate {
    /// Puts a new version of a text into use, after it was tried with examples. For administrators: what it says reaches
    /// every customer.
    #[graphql(
        guard = "Scoped(Scope::NotificationsRead).and(Scoped(Scope::AccountsWrite))",
        requires_scopes = "notifications:read accounts:write"
    )]
    async fn notification_template_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The text.")] input: NotificationTemplateUpdateInput,
    ) -> Result<NotificationTemplateUpdatePayload> {
        let draft = TemplateDraft {
            name: input.occasion.into(),
            channel: input.channel.into(),
            locale: input.locale,
            subject: input.subject,
            text: input.text,
            html: input.html,
        };
        match ctx.data::<App>()?.update_template(draft).await {
            Ok(template) => {
                Ok(NotificationTemplateUpdatePayload { template: Some(template.into()), errors: Vec::new() })
            }
            Err(Failure::Problems(problems)) => {
                Ok(NotificationTemplateUpdatePayload { template: None, errors: notification_errors(problems) })
            }
            Err(Failure::Fault(fault)) => Err(masked(&fault)),
        }
    }
}

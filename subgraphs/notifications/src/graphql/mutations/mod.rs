mod mark_read;
mod preferences;
mod resend;
mod template;

use async_graphql::MergedObject;

/// Entry points for changing messages, choices and texts.
#[derive(Debug, MergedObject, Default)]
#[graphql(name = "Mutation")]
pub struct Mutation(preferences::Preferences, mark_read::MarkRead, resend::Resend, template::TemplateUpdate);

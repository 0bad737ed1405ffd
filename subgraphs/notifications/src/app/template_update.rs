use kernel::Failure;

use super::{App, Template, TemplateDraft, render};
use crate::domain::{ChannelKind, Context, Problem, is_locale};
use crate::store::template;

/// The longest text of a template, in bytes.
const MAX_TEXT: usize = 64 * 1024;

impl App {
    /// Puts a new version of a text into use, or a text in a further language. It is tried first with values that could
    /// be real, with and without the optional ones.
    ///
    /// # Errors
    /// [`Problem::Invalid`] for each thing that is wrong with the draft.
    pub async fn update_template(&self, draft: TemplateDraft) -> Result<Template, Failure<Problem>> {
        let mut new = Template {
            name: draft.name,
            channel: draft.channel,
            locale: draft.locale.trim().to_ascii_lowercase(),
            version: 1,
            subject: draft.subject,
            text: draft.text,
            html: draft.html,
            created_at: self.clock.now(),
        };
        let problems = problems(&new);
        if !problems.is_empty() {
            return Err(Failure::Problems(problems));
        }
        let mut tx = self.pool.begin().await?;
        new.version = template::retire(&mut tx, &new).await? + 1;
        template::insert(&mut tx, &new).await?;
        tx.commit().await?;
        Ok(new)
    }
}

fn problems(of: &Template) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut refuse = |field, message: String| problems.push(Problem::Invalid { field, message });
    if !is_locale(&of.locale) {
        refuse("locale", "use a language tag such as en, de or pt-br".into());
    }
    if !of.name.channels().contains(&of.channel) {
        refuse("channel", format!("{} is not told by {}", of.name.name(), of.channel.name()));
    }
    if (of.channel == ChannelKind::Email) != of.html.is_some() {
        refuse("html", "an e-mail needs its HTML, and what is read in the shop has none".into());
    }
    let parts = [("subject", Some(&of.subject)), ("text", Some(&of.text)), ("html", of.html.as_ref())];
    for (part, text) in parts.into_iter().filter_map(|(part, text)| Some((part, text?))) {
        if text.trim().is_empty() || text.len() > MAX_TEXT || text.contains('\0') {
            refuse(part, format!("use 1 to {MAX_TEXT} bytes, without NUL characters"));
        }
    }
    if problems.is_empty() {
        for full in [true, false] {
            if let Err(error) = render(of, &Context::example(of.name, full)) {
                problems.push(Problem::Invalid { field: error.part, message: error.reason });
                break;
            }
        }
    }
    problems
}

use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, escape_formatter};
use serde::Serialize;

use super::Template;
use crate::domain::{Context, single_line};

/// Steps that a template may take: many times what a long order needs, and an end to a loop that has none.
const FUEL: u64 = 200_000;
/// What all e-mails have around their HTML.
const LAYOUT: &str = include_str!("layout.html");

/// A text that is filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// One line.
    pub subject: String,
    /// For who reads plain text.
    pub text: String,
    /// For who reads HTML.
    pub html: Option<String>,
}

/// A text that cannot be filled in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the {part} cannot be filled in: {reason}")]
pub struct Unrenderable {
    /// Which text: `subject`, `text` or `html`.
    pub part: &'static str,
    /// What is wrong with it.
    pub reason: String,
}

#[derive(Serialize)]
struct Layout<'a> {
    locale: &'a str,
    subject: &'a str,
    body: String,
}

/// Fills the template in. A name that the values do not have is an error: rather no message than one with a hole.
///
/// # Errors
/// [`Unrenderable`]
pub fn render(template: &Template, context: &Context) -> Result<Rendered, Unrenderable> {
    let subject = single_line(&fill("subject", &template.subject, AutoEscape::None, context)?);
    if subject.is_empty() {
        return Err(Unrenderable { part: "subject", reason: "nothing is left to show".into() });
    }
    let text = fill("text", &template.text, AutoEscape::None, context)?;
    let html = match &template.html {
        Some(html) => {
            let body = fill("html", html, AutoEscape::Html, context)?;
            let layout = Layout { locale: &template.locale, subject: &subject, body };
            Some(fill("html", LAYOUT, AutoEscape::Html, &layout)?)
        }
        None => None,
    };
    Ok(Rendered { subject, text, html })
}

fn fill(
    part: &'static str,
    source: &str,
    escape: AutoEscape,
    context: &impl Serialize,
) -> Result<String, Unrenderable> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(move |_| escape);
    environment.set_trim_blocks(true);
    environment.set_fuel(Some(FUEL));
    // What an occasion need not have would be shown as the word "none".
    environment.set_formatter(|out, state, value| {
        if value.is_none() {
            return Err(Error::new(ErrorKind::UndefinedError, "none"));
        }
        escape_formatter(out, state, value)
    });
    environment.render_str(source, context).map_err(|error| {
        let line = error.line().map(|line| format!(" in line {line}")).unwrap_or_default();
        let reason = match error.kind() {
            ErrorKind::UndefinedError => format!(
                "a name{line} has no value: use those of this occasion, and those it need not have inside an if"
            ),
            ErrorKind::OutOfFuel => "it takes too many steps".into(),
            kind => format!("{kind}{line}{}", error.detail().map(|detail| format!(": {detail}")).unwrap_or_default()),
        };
        Unrenderable { part, reason }
    })
}

#[cfg(test)]
mod tests {
    use time::OffsetDateTime;

    use super::*;
    use crate::domain::{ChannelKind, TemplateName};

    fn of(subject: &str, text: &str, html: &str) -> Template {
        Template {
            name: TemplateName::AccountWelcome,
            channel: ChannelKind::Email,
            locale: "en".into(),
            version: 1,
            subject: subject.into(),
            text: text.into(),
            html: Some(html.into()),
            created_at: OffsetDateTime::UNIX_EPOCH,
        }
    }

    fn called(name: &str) -> Context {
        Context::Account { name: name.into(), at: "2026-01-31 12:00 UTC".into() }
    }

    #[test]
    fn only_html_is_escaped_and_the_subject_stays_one_line() {
        let name = "<script>alert('Ada')</script>\r\nBcc: all@example.org";
        let shown = render(&of("Hi {{ name }}", "Hi {{ name }}", "<p>{{ name }}</p>"), &called(name)).unwrap();
        assert_eq!(shown.subject, "Hi <script>alert('Ada')</script> Bcc: all@example.org");
        assert_eq!(shown.text, format!("Hi {name}"));
        let html = shown.html.unwrap();
        assert!(!html.contains("<script>") && html.contains("<p>&lt;script&gt;"), "{html}");
        assert!(html.contains("<title>Hi &lt;script&gt;"), "{html}");
    }

    #[test]
    fn a_name_without_a_value_is_an_error_that_says_where() {
        for (part, template) in [
            ("subject", of("{{ nmae }}", "x", "x")),
            ("text", of("x", "a\n{{ order.number }}", "x")),
            ("html", of("x", "x", "{% if nmae %}x{% endif %}")),
        ] {
            assert_eq!(render(&template, &called("Ada")).unwrap_err().part, part);
        }
        let error = render(&of("x", "a\n{{ nmae }}", "x"), &called("Ada")).unwrap_err();
        assert!(error.reason.contains("in line 2"), "{error}");
    }

    #[test]
    fn a_template_without_an_end_is_stopped() {
        let endless = "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}";
        let error = render(&of("x", endless, "x"), &called("Ada")).unwrap_err();
        assert_eq!((error.part, error.reason.as_str()), ("text", "it takes too many steps"));
    }

    #[test]
    fn a_subject_of_which_nothing_is_left_is_an_error() {
        assert_eq!(render(&of("{{ name }}", "x", "x"), &called(" \n")).unwrap_err().part, "subject");
    }
}

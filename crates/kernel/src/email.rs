use std::fmt;
use std::str::FromStr;

/// The longest address that SMTP carries, in bytes (RFC 5321, section 4.5.3.1.3).
const MAX: usize = 254;

/// An e-mail address, in lower case: two spellings of one mailbox are one address.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

/// The text is no e-mail address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this is no e-mail address: write it like name@example.org, with at most {MAX} characters")]
pub struct EmailError;

impl Email {
    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Email {
    type Err = EmailError;

    /// Refuses only what cannot be delivered; whether the mailbox exists shows when a message is sent.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim().to_lowercase();
        let (local, domain) = text.rsplit_once('@').ok_or(EmailError)?;
        let plain = |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>' | ',' | ';' | '"');
        let labels = || domain.split('.');
        let sound = text.len() <= MAX
            && !local.is_empty()
            && local.len() <= 64
            && local.chars().all(|c| plain(c) && c != '@')
            && labels().count() >= 2
            && labels().all(|label| {
                !label.is_empty()
                    && !label.starts_with('-')
                    && !label.ends_with('-')
                    && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            });
        if sound { Ok(Self(text)) } else { Err(EmailError) }
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Email {
    type Error = EmailError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

impl schemars::JsonSchema for Email {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Email".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "email", "description": "E-mail address in lower case" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_mailbox_are_one_address() {
        assert_eq!(" Ada@Example.ORG ".parse::<Email>().unwrap().as_str(), "ada@example.org");
    }

    #[test]
    fn what_cannot_be_delivered_is_refused() {
        for text in [
            "",
            "ada",
            "@example.org",
            "ada@",
            "ada@example",
            "a b@example.org",
            "ada@ex..org",
            "ada@-x.org",
            "a\0@example.org",
            "a@b@example.org",
            "Ada <ada@example.org>",
        ] {
            assert_eq!(text.parse::<Email>(), Err(EmailError), "{text:?}");
        }
        assert_eq!(format!("{}@example.org", "a".repeat(65)).parse::<Email>(), Err(EmailError));
    }
}

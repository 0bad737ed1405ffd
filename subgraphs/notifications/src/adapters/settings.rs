use std::env;
use std::sync::Arc;

use chassis::StartError;
use secrecy::SecretString;

use super::{Channel, Mailbox, Smtp};

/// How e-mail leaves.
#[derive(Debug, Default)]
pub struct Settings {
    /// `SMTP_URL`: `smtps://user:password@host`, or `smtp://host:587?tls=required` for STARTTLS. Unset keeps the messages in
    /// the mailbox.
    pub url: Option<SecretString>,
    /// `SMTP_FROM`: the sender, for example `TechCorp <shop@example.org>`.
    pub from: Option<String>,
    /// Whether `APP_ENV` is `production`, where a mailbox that nobody empties is refused.
    pub production: bool,
}

/// The channel that the environment asks for.
///
/// # Errors
/// Names the variable that is missing or malformed.
pub fn from_env() -> Result<Arc<dyn Channel>, StartError> {
    let read = |name| env::var(name).ok().filter(|value| !value.is_empty());
    Settings {
        url: read("SMTP_URL").map(Into::into),
        from: read("SMTP_FROM"),
        production: read("APP_ENV").is_some_and(|name| name == "production"),
    }
    .channel()
}

impl Settings {
    /// The channel that the settings ask for.
    ///
    /// # Errors
    /// Names the setting that is missing or malformed.
    pub fn channel(self) -> Result<Arc<dyn Channel>, StartError> {
        match self.url {
            Some(url) => {
                let from = self.from.ok_or_else(|| {
                    StartError::new("SMTP_URL is set, but SMTP_FROM is not", "set SMTP_FROM to the sender's address")
                })?;
                Ok(Arc::new(Smtp::new(&url, &from)?))
            }
            None if self.production => Err(StartError::new(
                "SMTP_URL is not set, and in production e-mail must leave the house",
                "set SMTP_URL (smtps://user:password@host) and SMTP_FROM",
            )),
            None => Ok(Arc::new(Mailbox)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(url: Option<&str>, from: Option<&str>, production: bool) -> String {
        let settings = Settings { url: url.map(Into::into), from: from.map(Into::into), production };
        settings.channel().unwrap_err().to_string()
    }

    #[tokio::test]
    async fn what_is_missing_or_malformed_is_named_without_the_password() {
        assert!(refusal(None, None, true).contains("SMTP_URL is not set"));
        assert!(refusal(Some("smtp://localhost"), None, false).contains("SMTP_FROM"));
        assert!(refusal(Some("smtp://localhost"), Some("nobody"), false).contains("SMTP_FROM"));
        let malformed = refusal(Some("http://user:hunter2@localhost"), Some("shop@example.org"), false);
        assert!(malformed.contains("SMTP_URL") && !malformed.contains("hunter2"), "{malformed}");
    }

    #[tokio::test]
    async fn nothing_set_is_the_mailbox_and_a_url_is_smtp() {
        let shown = |settings: Settings| format!("{:?}", settings.channel().unwrap());
        assert_eq!(shown(Settings::default()), "Mailbox");
        let smtp = Settings {
            url: Some("smtps://user:hunter2@mail.example.org".into()),
            from: Some("TechCorp <shop@example.org>".into()),
            production: true,
        };
        let smtp = shown(smtp);
        assert!(smtp.starts_with("Smtp") && !smtp.contains("hunter2"), "{smtp}");
    }
}

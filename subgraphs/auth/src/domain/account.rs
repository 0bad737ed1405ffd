use kernel::{Email, language_tag};

use super::check_password;

const MAX_NAME: usize = 100;
const MAX_DEVICE: usize = 256;

/// Why something did not happen that an account's owner, or staff, asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// A value cannot be used.
    Invalid {
        /// Path of the value in the input.
        field: &'static str,
        /// What is wrong and how to fix it.
        message: String,
    },
    /// There is an account with this e-mail address.
    EmailTaken,
    /// The password is too easy to guess, or of the wrong length: what is wrong and how to fix it.
    WeakPassword(String),
    /// Too often in too short a time.
    TooManyAttempts {
        /// It may be tried again after so many seconds.
        retry_after_seconds: u32,
    },
    /// No account has this e-mail address and this password.
    InvalidCredentials,
    /// The refresh token can no longer be used.
    InvalidRefreshToken,
    /// There is no such thing, or it is not the caller's.
    NotFound,
    /// Nobody would be left who can give roles.
    LastAdministrator,
}

impl Problem {
    fn invalid(field: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid { field, message: message.into() }
    }
}

/// An account to open, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccount {
    /// Where to reach the owner.
    pub email: Email,
    /// How the owner wants to be called.
    pub display_name: String,
    /// BCP 47 language tag.
    pub locale: String,
}

impl NewAccount {
    /// Checks what was asked for.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn check(email: &str, password: &str, display_name: &str, locale: &str) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let email =
            email.parse::<Email>().map_err(|error| problems.push(Problem::invalid("email", error.to_string()))).ok();
        if let Some(Err(message)) = email.as_ref().map(|email| check_password(password, email)) {
            problems.push(Problem::WeakPassword(message));
        }
        let display_name = display_name.trim();
        if display_name.is_empty()
            || display_name.chars().count() > MAX_NAME
            || display_name.chars().any(char::is_control)
        {
            problems
                .push(Problem::invalid("displayName", format!("use 1 to {MAX_NAME} characters, without line breaks")));
        }
        let locale = locale.trim();
        let locale = language_tag(locale);
        if locale.is_none() {
            problems.push(Problem::invalid("locale", "use a language tag such as en or pt-BR"));
        }
        match (email, locale) {
            (Some(email), Some(locale)) if problems.is_empty() => {
                Ok(Self { email, display_name: display_name.to_owned(), locale })
            }
            _ => Err(problems),
        }
    }
}

/// What a client says it is, made fit to be stored and shown: one line of bounded length.
pub fn device(said: Option<&str>) -> Option<String> {
    let line: String = said?.chars().filter(|ch| !ch.is_control()).take(MAX_DEVICE).collect();
    Some(line.trim().to_owned()).filter(|line| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_a_client_says_it_is_is_one_line_that_can_be_stored(said in ".{0,400}") {
            if let Some(line) = device(Some(&said)) {
                prop_assert!(!line.is_empty() && line.chars().count() <= MAX_DEVICE && !line.chars().any(char::is_control));
            }
        }
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let problems = NewAccount::check("ada", "secret", "a\nb", "english").unwrap_err();
        let fields: Vec<_> = problems
            .iter()
            .map(|problem| match problem {
                Problem::Invalid { field, .. } => *field,
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(fields, ["email", "displayName", "locale"]);
        let problems = NewAccount::check("ada@example.org", "secret", " ", "en").unwrap_err();
        assert!(matches!(problems[..], [Problem::WeakPassword(_), Problem::Invalid { field: "displayName", .. }]));
    }

    #[test]
    fn an_account_is_stored_in_one_spelling() {
        let account = NewAccount::check(" Ada@Example.org", "lampoak7", " Ada ", "pt-BR").unwrap();
        assert_eq!(
            (account.email.as_str(), &*account.display_name, &*account.locale),
            ("ada@example.org", "Ada", "pt-BR")
        );
        for tag in ["", "e", "en_US", "en-", "e1", "en-Latn-Latn-Latn-Latn", "a\0"] {
            assert_eq!(language_tag(tag), None, "{tag:?}");
        }
    }
}

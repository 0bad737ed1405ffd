use async_graphql::{ID, Interface, SimpleObject};
use gql::{InvalidInput, NotFound};

use crate::domain::Problem;

/// Why something about an account or a session did not happen.
#[derive(Interface)]
#[graphql(field(name = "message", ty = "&String", desc = "What is wrong and how to fix it, for a person to read."))]
pub enum AccountError {
    /// A value of the input cannot be used.
    InvalidInput(InvalidInput),
    /// There is an account with this e-mail address.
    EmailTaken(EmailTaken),
    /// The password is too easy to guess, or of the wrong length.
    WeakPassword(WeakPassword),
    /// Too often in too short a time.
    TooManyAttempts(TooManyAttempts),
    /// No account has this e-mail address and this password.
    InvalidCredentials(InvalidCredentials),
    /// The refresh token can no longer be used.
    InvalidRefreshToken(InvalidRefreshToken),
    /// There is no such account or session that is yours to change.
    NotFound(NotFound),
    /// Nobody would be left who can give roles.
    LastAdministrator(LastAdministrator),
}

/// There is an account with this e-mail address.
#[derive(SimpleObject)]
pub struct EmailTaken {
    /// What is wrong and how to fix it, for a person to read.
    pub message: String,
}

/// The password is too easy to guess, or of the wrong length.
#[derive(SimpleObject)]
pub struct WeakPassword {
    /// What is wrong and how to fix it, for a person to read.
    pub message: String,
}

/// Too often in too short a time.
#[derive(SimpleObject)]
pub struct TooManyAttempts {
    /// What is wrong and how to fix it, for a person to read.
    pub message: String,
    /// Try again after so many seconds.
    pub retry_after_seconds: i32,
}

/// No account has this e-mail address and this password. Which of the two is wrong is not told.
#[derive(SimpleObject)]
pub struct InvalidCredentials {
    /// What is wrong and how to fix it, for a person to read.
    pub message: String,
}

/// The refresh token can no longer be used: it is unknown, was used before, or its session is over.
#[derive(SimpleObject)]
pub struct InvalidRefreshToken {
    /// What is wrong and how to fix it, for a person to read.
    pub message: String,
}

/// Nobody would be left who can give roles.
#[derive(SimpleObject)]
pub struct LastAdministrator {
    /// What is wrong and how to fix it, for a person to read.
    pub message: String,
}

impl Default for InvalidCredentials {
    fn default() -> Self {
        Self { message: "e-mail address and password do not belong together: check both".into() }
    }
}

/// The problems of a use case as the errors of a payload; `id` is what was looked for.
pub(crate) fn account_errors(id: &ID, problems: Vec<Problem>) -> Vec<AccountError> {
    let error = |problem| match problem {
        Problem::Invalid { field, message } => {
            AccountError::InvalidInput(InvalidInput { message, field: field.to_owned() })
        }
        Problem::EmailTaken => AccountError::EmailTaken(EmailTaken {
            message: "there is an account with this e-mail address: sign in, or use another address".into(),
        }),
        Problem::WeakPassword(message) => AccountError::WeakPassword(WeakPassword { message }),
        Problem::TooManyAttempts { retry_after_seconds } => AccountError::TooManyAttempts(TooManyAttempts {
            message: format!("that was too often: try again in {retry_after_seconds} seconds"),
            retry_after_seconds: i32::try_from(retry_after_seconds).unwrap_or(i32::MAX),
        }),
        Problem::InvalidCredentials => AccountError::InvalidCredentials(InvalidCredentials::default()),
        Problem::InvalidRefreshToken => AccountError::InvalidRefreshToken(InvalidRefreshToken {
            message: "this refresh token can no longer be used: use the latest one of the session, or sign in again"
                .into(),
        }),
        Problem::NotFound => AccountError::NotFound(NotFound {
            message: "there is nothing with this id that you can change".into(),
            id: id.clone(),
        }),
        Problem::LastAdministrator => AccountError::LastAdministrator(LastAdministrator {
            message: "this is the last administrator: make somebody else one first".into(),
        }),
    };
    problems.into_iter().map(error).collect()
}

use time::Duration;

/// How long a session lives after its last use.
pub const SESSION_LIFE: Duration = Duration::days(30);

/// Why a session ended before its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Its owner signed out, or ended it from another session.
    SignedOut,
    /// A refresh token was used twice, so it may be stolen.
    TokenReused,
    /// The password was changed.
    PasswordChanged,
    /// The account was deleted.
    AccountDeleted,
}

impl Ended {
    /// The name it is stored by.
    pub fn name(self) -> &'static str {
        match self {
            Self::SignedOut => "SIGNED_OUT",
            Self::TokenReused => "TOKEN_REUSED",
            Self::PasswordChanged => "PASSWORD_CHANGED",
            Self::AccountDeleted => "ACCOUNT_DELETED",
        }
    }
}

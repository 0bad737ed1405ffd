use std::fmt;
use std::str::FromStr;

use kernel::{SessionId, UserId};

/// A security-relevant act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Somebody tried to sign in with a wrong password or an unknown address.
    SignInFailed,
    /// A password was replaced.
    PasswordChanged,
    /// An account was given or lost roles.
    RolesChanged,
    /// A session was ended before its time.
    SessionRevoked,
    /// A refresh token came a second time, so its session was ended.
    RefreshTokenReused,
    /// A message that was given up was given to its consumer again.
    DeadLetterReplayed,
    /// A message that was given up was deleted.
    DeadLetterDiscarded,
}

const NAMES: [(Action, &str); 7] = [
    (Action::SignInFailed, "SIGN_IN_FAILED"),
    (Action::PasswordChanged, "PASSWORD_CHANGED"),
    (Action::RolesChanged, "ROLES_CHANGED"),
    (Action::SessionRevoked, "SESSION_REVOKED"),
    (Action::RefreshTokenReused, "REFRESH_TOKEN_REUSED"),
    (Action::DeadLetterReplayed, "DEAD_LETTER_REPLAYED"),
    (Action::DeadLetterDiscarded, "DEAD_LETTER_DISCARDED"),
];

impl Action {
    /// The name it is stored by.
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(action, _)| *action == self).map_or("", |(_, name)| name)
    }
}

impl FromStr for Action {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = NAMES.iter().find(|(_, name)| *name == text).map(|(action, _)| *action);
        found.ok_or_else(|| format!("unknown action {text:?}: a newer version wrote it"))
    }
}

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum By {
    /// The owner of an account.
    Account(UserId),
    /// Somebody at the command line, by the name that the machine knows them by.
    CommandLine(String),
    /// Somebody who is not signed in.
    Anonymous,
    /// Nobody in particular: it followed from something else.
    System,
}

impl fmt::Display for By {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account(id) => write!(f, "account:{id}"),
            Self::CommandLine(name) => write!(f, "cli:{name}"),
            Self::Anonymous => f.write_str("anonymous"),
            Self::System => f.write_str("system"),
        }
    }
}

/// To what it was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// An account; `None` when the address that was tried has none. The address itself is not kept.
    Account(Option<UserId>),
    /// A session.
    Session(SessionId),
    /// A message that was given up, by its number.
    DeadLetter(i64),
}

impl fmt::Display for On {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account(Some(id)) => write!(f, "account:{id}"),
            Self::Account(None) => f.write_str("account:unknown"),
            Self::Session(id) => write!(f, "session:{id}"),
            Self::DeadLetter(number) => write!(f, "dead-letter:{number}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_is_known_by_its_name() {
        for (action, name) in NAMES {
            assert_eq!((action.name(), name.parse()), (name, Ok(action)));
        }
        assert!("SIGNED_IN".parse::<Action>().is_err());
    }

    #[test]
    fn who_and_what_are_told_apart_by_their_first_word() {
        let id = UserId(uuid::Uuid::nil());
        assert_eq!(By::Account(id).to_string(), "account:00000000-0000-0000-0000-000000000000");
        assert_eq!(By::CommandLine("otto".into()).to_string(), "cli:otto");
        assert_eq!(On::Account(None).to_string(), "account:unknown");
        assert_eq!(On::DeadLetter(7).to_string(), "dead-letter:7");
    }
}

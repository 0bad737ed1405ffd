use time::{Duration, OffsetDateTime};

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

/// Where a session is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It can be refreshed.
    Live,
    /// It was not used for too long.
    Expired,
    /// It was ended.
    Revoked,
}

/// The state of a session that expires and was ended at these times.
pub fn state(expires_at: OffsetDateTime, revoked_at: Option<OffsetDateTime>, now: OffsetDateTime) -> State {
    match revoked_at {
        Some(_) => State::Revoked,
        None if expires_at <= now => State::Expired,
        None => State::Live,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_lives_until_its_time_is_over_or_it_is_ended() {
        let now = OffsetDateTime::UNIX_EPOCH;
        let (later, earlier) = (now + Duration::SECOND, now - Duration::SECOND);
        assert_eq!(state(later, None, now), State::Live);
        assert_eq!(state(now, None, now), State::Expired);
        assert_eq!(state(earlier, Some(earlier), now), State::Revoked);
        assert_eq!(state(later, Some(now), now), State::Revoked);
    }
}

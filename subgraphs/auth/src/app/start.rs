use events::auth::{RevokedBecause, SessionRevoked, SessionStarted};
use kernel::{Fault, SessionId, UserId};
use secrecy::SecretString;
use serde_json::json;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{App, Session, SignedIn, token};
use crate::domain::{Action, By, Ended, On, Role, SESSION_LIFE, TOKEN_LIFE, device};
use crate::store::{key, session, token as tokens};

impl App {
    /// Starts a session of the account and tells of it.
    pub(super) async fn start(
        &self,
        conn: &mut PgConnection,
        user: UserId,
        roles: &[Role],
        user_agent: Option<&str>,
    ) -> Result<SignedIn, Fault> {
        let now = self.clock.now();
        let started = Session {
            id: SessionId(self.clock.uuid()),
            user_id: user,
            created_at: now,
            last_used_at: now,
            expires_at: now + SESSION_LIFE,
            user_agent: device(user_agent),
            revoked_at: None,
        };
        session::insert(conn, &started).await?;
        let event = SessionStarted { user_id: user, session_id: started.id, user_agent: started.user_agent.clone() };
        self.outbox.put(conn, &*self.clock, &event).await?;
        self.tokens(conn, started, roles, now).await
    }

    /// New tokens of the session.
    pub(super) async fn tokens(
        &self,
        conn: &mut PgConnection,
        session: Session,
        roles: &[Role],
        now: OffsetDateTime,
    ) -> Result<SignedIn, Fault> {
        let refresh_token: SecretString = token::refresh_token()?;
        tokens::insert(conn, &token::fingerprint(&refresh_token), session.id, now).await?;
        let Some(signer) = key::signer(conn, now).await? else {
            return Err(Fault::internal(
                "no key signs: `auth::prepare` makes the first, and the service's task the next",
            ));
        };
        let names = (session.user_id, session.id, self.clock.uuid());
        let access_token = token::access_token(&signer, names, roles, now)?;
        let expires_in = i32::try_from(TOKEN_LIFE.whole_seconds())?;
        Ok(SignedIn { access_token, refresh_token, expires_in, session })
    }

    /// Tells that the session was ended, and writes it down.
    pub(super) async fn tell_end(
        &self,
        conn: &mut PgConnection,
        user_id: UserId,
        session_id: SessionId,
        because: Ended,
    ) -> Result<(), Fault> {
        let reason = match because {
            Ended::SignedOut => RevokedBecause::SignedOut,
            Ended::TokenReused => RevokedBecause::TokenReused,
            Ended::PasswordChanged => RevokedBecause::PasswordChanged,
            Ended::AccountDeleted => RevokedBecause::AccountDeleted,
        };
        let event = SessionRevoked { user_id, session_id, reason };
        self.outbox.put(conn, &*self.clock, &event).await?;
        let (by, action) = match because {
            Ended::SignedOut | Ended::PasswordChanged => (By::Account(user_id), Action::SessionRevoked),
            Ended::AccountDeleted => (By::System, Action::SessionRevoked),
            Ended::TokenReused => (By::Anonymous, Action::RefreshTokenReused),
        };
        let details = json!({ "account": user_id, "reason": because.name() });
        self.note(conn, (&by, action, On::Session(session_id)), None, details).await
    }
}

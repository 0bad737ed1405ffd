use kernel::{Failure, Fault, SessionId};
use secrecy::SecretString;
use sqlx::PgConnection;

use super::{App, SignedIn, token};
use crate::domain::{Ended, Problem, SESSION_LIFE};
use crate::store::{account, session, token as tokens};

impl App {
    /// Changes a refresh token into new tokens of its session, once. A token that comes again after that was stolen, before or
    /// after its first use, so the session ends for the thief and the owner alike. Of two requests that come with it at the
    /// same time one gets the tokens and the other nothing; that alone is no theft, browsers do it.
    ///
    /// # Errors
    /// [`Problem::InvalidRefreshToken`].
    pub async fn refresh(&self, refresh_token: &SecretString) -> Result<SignedIn, Failure<Problem>> {
        let hash = token::fingerprint(refresh_token);
        let refused = || Failure::problem(Problem::InvalidRefreshToken);
        let now = self.clock.now();
        let mut tx = self.pool.begin().await?;
        let Some(found) = tokens::find(&mut tx, &hash).await? else { return Err(refused()) };
        if found.used {
            self.end_stolen(&mut tx, found.session).await?;
            tx.commit().await?;
            return Err(refused());
        }
        if !tokens::take(&mut tx, &hash, now).await? {
            return Err(refused());
        }
        let Some(session) = session::prolong(&mut tx, found.session, now, now + SESSION_LIFE).await? else {
            return Err(refused());
        };
        // Roles as they are now: what was given or taken since the sign-in holds from here on.
        let roles = account::roles(&mut tx, &[session.user_id.0]).await?.remove(&session.user_id).unwrap_or_default();
        let signed_in = self.tokens(&mut tx, session, &roles, now).await?;
        tx.commit().await?;
        Ok(signed_in)
    }

    async fn end_stolen(&self, conn: &mut PgConnection, id: SessionId) -> Result<(), Fault> {
        let Some(found) = session::lock(conn, id).await? else { return Ok(()) };
        if found.revoked_at.is_some() {
            return Ok(());
        }
        tracing::warn!(session = %id, "a refresh token was used again");
        session::end(conn, id, Ended::TokenReused, self.clock.now()).await?;
        self.tell_end(conn, found.user_id, id, Ended::TokenReused).await
    }
}

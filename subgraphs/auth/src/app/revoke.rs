use kernel::Failure;

use super::{App, Session, Which, token};
use crate::domain::{Ended, Problem};
use crate::store::{session, token as tokens};

impl App {
    /// Ends the session. Doing it twice is doing it once. Its last access token lives on for its few minutes.
    ///
    /// # Errors
    /// [`Problem::NotFound`] for a session that is not the account's, [`Problem::InvalidRefreshToken`] for an unknown token.
    pub async fn revoke(&self, which: &Which) -> Result<Session, Failure<Problem>> {
        let mut tx = self.pool.begin().await?;
        let (id, owner) = match which {
            Which::Own(user, id) => (*id, Some(*user)),
            // Whoever has the token, used or not, may end its session: for a thief that is the end of the theft.
            Which::Token(token) => match tokens::find(&mut tx, &token::fingerprint(token)).await? {
                Some(found) => (found.session, None),
                None => return Err(Failure::problem(Problem::InvalidRefreshToken)),
            },
        };
        let found = session::lock(&mut tx, id).await?;
        let Some(mut found) = found.filter(|found| owner.is_none_or(|owner| owner == found.user_id)) else {
            return Err(Failure::problem(Problem::NotFound));
        };
        if found.revoked_at.is_none() {
            let now = self.clock.now();
            session::end(&mut tx, id, Ended::SignedOut, now).await?;
            self.tell_end(&mut tx, found.user_id, id, Ended::SignedOut).await?;
            tx.commit().await?;
            found.revoked_at = Some(now);
        }
        Ok(found)
    }
}

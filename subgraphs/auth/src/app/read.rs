use std::collections::HashMap;

use kernel::{Fault, UserId};
use time::Duration;
use uuid::Uuid;

use super::{App, Session};
use crate::domain::Role;
use crate::store::{account, session, token};

/// How long a session is kept after it could last be used.
const KEPT: Duration = Duration::days(30);

/// Reads: each is one statement, whatever the number of rows.
impl App {
    /// The roles of the accounts; none for an account that does not exist or whose owner has left.
    ///
    /// # Errors
    /// The database's.
    pub async fn roles_of(&self, users: &[UserId]) -> Result<HashMap<UserId, Vec<Role>>, Fault> {
        let ids: Vec<Uuid> = users.iter().map(|id| id.0).collect();
        account::roles(&mut *self.pool.acquire().await?, &ids).await
    }

    /// The live sessions of the accounts, last used first.
    ///
    /// # Errors
    /// The database's.
    pub async fn sessions_of(&self, users: &[UserId]) -> Result<HashMap<UserId, Vec<Session>>, Fault> {
        let ids: Vec<Uuid> = users.iter().map(|id| id.0).collect();
        let mut found: HashMap<_, Vec<_>> = HashMap::new();
        for session in session::live(&mut *self.pool.acquire().await?, &ids, self.clock.now()).await? {
            found.entry(session.user_id).or_default().push(session);
        }
        Ok(found)
    }

    /// Deletes sessions that were over long ago, and tokens that were used long ago: one that comes again is refused all the same.
    ///
    /// # Errors
    /// The database's.
    pub async fn forget_sessions(&self) -> Result<(), Fault> {
        let before = self.clock.now() - KEPT;
        while session::forget(&mut *self.pool.acquire().await?, before).await? > 0 {}
        while token::forget(&mut *self.pool.acquire().await?, before).await? > 0 {}
        Ok(())
    }
}

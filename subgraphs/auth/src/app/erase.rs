use kernel::{Fault, UserId};
use sqlx::PgConnection;

use super::App;
use crate::domain::Ended;
use crate::store::{account, session};

impl App {
    /// Erases who the account's owner was, and ends their sessions, on the transaction of the caller. The row stays, so that
    /// its id is never given again. Doing it twice is doing it once.
    ///
    /// # Errors
    /// The database's.
    pub async fn erase(&self, conn: &mut PgConnection, user: UserId) -> Result<(), Fault> {
        let now = self.clock.now();
        if !account::erase(conn, user, now).await? {
            return Ok(());
        }
        account::set_roles(conn, user, &[]).await?;
        for ended in session::end_all(conn, user, None, Ended::AccountDeleted, now).await? {
            self.tell_end(conn, user, ended, Ended::AccountDeleted).await?;
        }
        session::erase_devices(conn, user).await?;
        Ok(())
    }
}

use kernel::{Fault, UserId};
use sqlx::PgConnection;

use super::App;
use crate::store::{contact, message, preference};

impl App {
    /// Forgets the person: address, name, choices, and what was written to them. That something was written stays.
    ///
    /// # Errors
    /// The database's.
    pub async fn user_deleted(&self, conn: &mut PgConnection, user: UserId) -> Result<(), Fault> {
        let now = self.clock.now();
        // First the contact: its lock lets no copy of a message be made meanwhile.
        contact::erase(conn, user, now).await?;
        preference::forget(conn, user).await?;
        message::erase(conn, user, now).await?;
        Ok(())
    }
}

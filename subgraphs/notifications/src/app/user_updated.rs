use events::users::UserUpdated;
use kernel::Fault;
use sqlx::PgConnection;

use super::App;
use crate::store::contact;

impl App {
    /// Remembers how a person wants to be called, and in which language. A late version changes nothing.
    ///
    /// # Errors
    /// The database's.
    pub async fn user_updated(&self, conn: &mut PgConnection, event: &UserUpdated) -> Result<(), Fault> {
        contact::updated(conn, event, self.clock.now()).await?;
        Ok(())
    }
}

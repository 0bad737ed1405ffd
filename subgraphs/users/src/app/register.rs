use kernel::{Email, Fault, UserId};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{App, Change, Profile};
use crate::domain::{ChangeKind, Details};
use crate::store::{change, profile};

impl App {
    /// Opens the profile of a new account, in the caller's transaction. An account that has a profile keeps it as it is, and
    /// whoever has left stays away.
    ///
    /// # Errors
    /// The database's.
    pub async fn register(
        &self,
        conn: &mut PgConnection,
        (id, email): (UserId, Email),
        (name, locale): (&str, &str),
        at: OffsetDateTime,
    ) -> Result<(), Fault> {
        let details = Details::registered(&email, name, locale);
        let new = Profile { id, email, details, version: 1, created_at: at, updated_at: at };
        if profile::insert(conn, &new).await? {
            let kind = ChangeKind::Registered;
            let id = self.clock.uuid();
            let change = Change { id, user_id: new.id, at, actor_id: None, kind, address_id: None, fields: Vec::new() };
            change::insert(conn, &change).await?;
        }
        Ok(())
    }
}

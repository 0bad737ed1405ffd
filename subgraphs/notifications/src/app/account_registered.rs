use events::auth::AccountRegistered;
use kernel::Fault;
use sqlx::PgConnection;

use super::App;
use super::notify::{Facts, Notice};
use crate::domain::TemplateName;
use crate::store::contact;

impl App {
    /// Remembers how to reach the owner of a new account, and welcomes them.
    ///
    /// # Errors
    /// The database's, or a template that cannot be filled in.
    pub async fn account_registered(&self, conn: &mut PgConnection, event: &AccountRegistered) -> Result<(), Fault> {
        let now = self.clock.now();
        let Some(contact) = contact::registered(conn, event, now).await? else {
            tracing::debug!(user = %event.user_id, "registered late: the account is deleted already");
            return Ok(());
        };
        let notice = Notice {
            template: TemplateName::AccountWelcome,
            occasion: format!("account:{}", event.user_id),
            locale: &contact.locale,
            user_id: Some(event.user_id),
            email: Some(&event.email),
            facts: Facts::Account { name: &contact.display_name, at: now },
        };
        self.notify(conn, &notice).await
    }
}

use events::Envelope;
use events::auth::PasswordChanged;
use kernel::Fault;
use sqlx::PgConnection;

use super::App;
use super::notify::{Facts, Notice};
use crate::domain::{DEFAULT_LOCALE, TemplateName};
use crate::store::contact;

impl App {
    /// Warns the owner of the account. Nobody can opt out of this.
    ///
    /// # Errors
    /// The database's, or a template that cannot be filled in.
    pub async fn password_changed(
        &self,
        conn: &mut PgConnection,
        event: &PasswordChanged,
        envelope: &Envelope,
    ) -> Result<(), Fault> {
        let contact = contact::find(conn, event.user_id).await?;
        let (name, locale) = match &contact {
            Some(contact) => (contact.display_name.as_str(), contact.locale.as_str()),
            None => ("", DEFAULT_LOCALE),
        };
        let notice = Notice {
            template: TemplateName::PasswordChanged,
            occasion: format!("event:{}", envelope.id),
            locale,
            user_id: Some(event.user_id),
            email: Some(&event.email),
            facts: Facts::Account { name, at: envelope.time },
        };
        self.notify(conn, &notice).await
    }
}

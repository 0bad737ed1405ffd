use async_trait::async_trait;
use events::Envelope;
use events::auth::AccountRegistered;
use messaging::{Handle, HandleError};
use sqlx::PgConnection;

use crate::app::App;

/// A new account gets a profile.
#[derive(Debug, Clone)]
pub(crate) struct OnAccountRegistered(pub(super) App);

#[async_trait]
impl Handle<AccountRegistered> for OnAccountRegistered {
    async fn handle(
        &self,
        conn: &mut PgConnection,
        event: AccountRegistered,
        envelope: &Envelope,
    ) -> Result<(), HandleError> {
        let AccountRegistered { user_id, email, display_name, locale } = event;
        let registered = self.0.register(conn, (user_id, email), (&display_name, &locale), envelope.time);
        registered.await.map_err(HandleError::Retry)
    }
}

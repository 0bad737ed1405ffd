use async_trait::async_trait;
use events::Envelope;
use events::auth::{AccountRegistered, PasswordChanged};
use messaging::{Handle, HandleError};
use sqlx::PgConnection;

use super::To;

#[async_trait]
impl Handle<AccountRegistered> for To {
    async fn handle(&self, conn: &mut PgConnection, event: AccountRegistered, _: &Envelope) -> Result<(), HandleError> {
        self.0.account_registered(conn, &event).await.map_err(HandleError::Retry)
    }
}

#[async_trait]
impl Handle<PasswordChanged> for To {
    async fn handle(
        &self,
        conn: &mut PgConnection,
        event: PasswordChanged,
        envelope: &Envelope,
    ) -> Result<(), HandleError> {
        self.0.password_changed(conn, &event, envelope).await.map_err(HandleError::Retry)
    }
}

use async_trait::async_trait;
use events::Envelope;
use events::users::{UserDeleted, UserUpdated};
use messaging::{Handle, HandleError};
use sqlx::PgConnection;

use super::To;

#[async_trait]
impl Handle<UserUpdated> for To {
    async fn handle(&self, conn: &mut PgConnection, event: UserUpdated, _: &Envelope) -> Result<(), HandleError> {
        self.0.user_updated(conn, &event).await.map_err(HandleError::Retry)
    }
}

#[async_trait]
impl Handle<UserDeleted> for To {
    async fn handle(&self, conn: &mut PgConnection, event: UserDeleted, _: &Envelope) -> Result<(), HandleError> {
        self.0.user_deleted(conn, event.user_id).await.map_err(HandleError::Retry)
    }
}

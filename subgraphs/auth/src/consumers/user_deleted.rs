use async_trait::async_trait;
use events::Envelope;
use events::users::UserDeleted;
use messaging::{Handle, HandleError};
use sqlx::PgConnection;

use crate::app::App;

/// Who left can no longer sign in.
#[derive(Debug, Clone)]
pub(crate) struct OnUserDeleted(pub(super) App);

#[async_trait]
impl Handle<UserDeleted> for OnUserDeleted {
    async fn handle(&self, conn: &mut PgConnection, event: UserDeleted, _: &Envelope) -> Result<(), HandleError> {
        self.0.erase(conn, event.user_id).await.map_err(HandleError::Retry)
    }
}

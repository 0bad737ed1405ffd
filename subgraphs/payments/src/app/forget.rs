use events::users::UserDeleted;
use kernel::Fault;
use messaging::HandleError;
use sqlx::PgConnection;
use time::Duration;

use super::App;
use crate::store::{payment as payments, webhook};

/// Longer than any client repeats a request, or any provider a webhook.
const KEPT: Duration = Duration::days(30);

impl App {
    /// Forgets how a person who left could be reached. What was paid stays on the books.
    ///
    /// # Errors
    /// The database's.
    pub async fn forget_user(&self, conn: &mut PgConnection, event: UserDeleted) -> Result<(), HandleError> {
        Ok(payments::forget_email(conn, event.user_id, self.clock.now()).await?)
    }

    /// Forgets which webhooks and which idempotency keys were seen a long time ago.
    ///
    /// # Errors
    /// The database's.
    pub async fn forget_old(&self) -> Result<(), Fault> {
        let before = self.clock.now() - KEPT;
        let mut conn = self.pool.acquire().await?;
        webhook::forget(&mut conn, before).await?;
        self.keys.forget(&mut conn, before).await
    }
}

use events::orders::VoidRequested;
use messaging::HandleError;
use sqlx::PgConnection;

use super::App;
use crate::store::{demand, payment as payments, work};

impl App {
    /// Marks that the payment of an order must be undone, however far it is. Where there is none yet, one that is asked for later
    /// never begins.
    ///
    /// # Errors
    /// The database's.
    pub async fn undo(&self, conn: &mut PgConnection, event: VoidRequested) -> Result<(), HandleError> {
        let reason = event.reason.replace('\0', "");
        let Some(id) = demand::undo(conn, event.order_id, &reason, self.clock.now()).await? else { return Ok(()) };
        let Some(mut payment) = payments::lock(conn, id).await? else { return Ok(()) };
        if payment.undo {
            return Ok(());
        }
        let notices = payment.undo();
        self.settle(conn, &mut payment, notices, None).await.map_err(HandleError::Retry)?;
        Ok(work::wake(conn).await?)
    }
}

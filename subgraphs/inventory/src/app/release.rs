use events::inventory::ReleasedBecause;
use kernel::{Fault, OrderId};
use sqlx::PgConnection;

use super::App;
use crate::domain::{Answer, Decision, Request, Status, decide};

impl App {
    /// Makes what is reserved for the order available again. When nothing is, it is remembered that nothing shall be, also
    /// when the request to reserve is still on its way.
    ///
    /// # Errors
    /// The database's.
    pub async fn release(&self, conn: &mut PgConnection, order: OrderId) -> Result<(), Fault> {
        let Some(held) = self.held(conn, order, Status::Released).await? else {
            return self.answer(conn, order, Answer::Released).await;
        };
        match decide(Request::Release, held.status) {
            Decision::GiveBack => self.give_back(conn, &[order], ReleasedBecause::Requested).await,
            Decision::Close => self.close(conn, order).await,
            Decision::Say(answer) => self.answer(conn, order, answer).await,
            _ => {
                tracing::warn!(%order, status = held.status.name(), "asked to release what has left the stock");
                Ok(())
            }
        }
    }
}

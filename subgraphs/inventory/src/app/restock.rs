use events::inventory::ReleasedBecause;
use kernel::{Fault, OrderId};
use sqlx::PgConnection;

use super::App;
use super::shift::variants;
use crate::domain::{Answer, Decision, Kind, Request, Status, decide};
use crate::store::{reservation, stock};

impl App {
    /// Puts what was taken out for the order back where it came from, once. A commit that this overtakes is refused when it
    /// comes.
    ///
    /// # Errors
    /// The database's.
    pub async fn restock(&self, conn: &mut PgConnection, order: OrderId) -> Result<(), Fault> {
        let Some(held) = self.held(conn, order, Status::Released).await? else {
            return self.answer(conn, order, Answer::Released).await;
        };
        match decide(Request::Restock, held.status) {
            Decision::PutBack => {
                let back = reservation::end(conn, &[order], Status::Restocked, self.clock.now()).await?;
                stock::lock(conn, &variants(back.iter().map(|(_, of)| of))).await?;
                let moves: Vec<_> = back.iter().map(|(order, of)| self.moved(*order, of, (1, 0))).collect();
                let told = self.shift(conn, Kind::Restock, &moves, None).await?;
                Ok(self.outbox.put_all(conn, &*self.clock, told).await?)
            }
            Decision::GiveBack => self.give_back(conn, &[order], ReleasedBecause::Requested).await,
            Decision::Close => self.close(conn, order).await,
            _ => Ok(()),
        }
    }
}

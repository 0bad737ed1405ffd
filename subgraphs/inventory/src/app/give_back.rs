use events::inventory::{ReleasedBecause, StockReleased};
use kernel::{Fault, OrderId};
use messaging::Telling;
use sqlx::PgConnection;

use super::App;
use super::shift::variants;
use crate::domain::{Kind, Status};
use crate::store::{reservation, stock};

impl App {
    /// Makes what is reserved for the orders available again. Their reservations must be locked and `RESERVED`.
    pub(super) async fn give_back(
        &self,
        conn: &mut PgConnection,
        orders: &[OrderId],
        because: ReleasedBecause,
    ) -> Result<(), Fault> {
        let (status, kind) = match because {
            ReleasedBecause::Requested => (Status::Released, Kind::Release),
            ReleasedBecause::Expired => (Status::Expired, Kind::Expire),
        };
        let held = reservation::end(conn, orders, status, self.clock.now()).await?;
        stock::lock(conn, &variants(held.iter().map(|(_, of)| of))).await?;
        let moves: Vec<_> = held.iter().map(|(order, of)| self.moved(*order, of, (0, -1))).collect();
        let mut told = Vec::new();
        for order_id in orders {
            told.push(Telling::new(&StockReleased { order_id: *order_id, reason: because })?);
        }
        told.extend(self.shift(conn, kind, &moves, None).await?);
        Ok(self.outbox.put_all(conn, &*self.clock, told).await?)
    }

    /// Nothing is held for the order, and nothing shall be: it is released for good.
    pub(super) async fn close(&self, conn: &mut PgConnection, order: OrderId) -> Result<(), Fault> {
        reservation::advance(conn, order, Status::Released, self.clock.now()).await?;
        self.answer(conn, order, crate::domain::Answer::Released).await
    }
}

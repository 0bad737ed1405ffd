use events::inventory::{StockRejected, StockReserved};
use kernel::{Fault, OrderId};
use messaging::Telling;
use sqlx::PgConnection;

use super::answer::{event_allocations, event_shortages};
use super::{App, LIFE};
use crate::domain::{Decision, Kind, Lines, Request, allocate, decide};
use crate::store::{reservation, stock};

impl App {
    /// Sets every line of the order aside, or none. The same order again is answered with what became of it.
    ///
    /// Four statements, whatever the number of lines: the locks, the reservation, the stock, the outbox.
    ///
    /// # Errors
    /// The database's.
    pub async fn reserve(&self, conn: &mut PgConnection, order: OrderId, lines: &Lines) -> Result<(), Fault> {
        let now = self.clock.now();
        let expires_at = now + LIFE;
        let wanted: Vec<_> = lines.as_slice().iter().map(|line| line.variant_id.0).collect();
        let shelves = stock::lock(conn, &wanted).await?;
        let outcome = allocate(lines.as_slice(), &shelves);
        if !reservation::begin(conn, order, lines, &outcome, now, expires_at).await? {
            return self.reserve_again(conn, order).await;
        }
        let told = match outcome {
            Ok(taken) => {
                let moves: Vec<_> = taken.iter().map(|of| self.moved(order, of, (0, 1))).collect();
                let allocations = event_allocations(&taken);
                let mut told = vec![Telling::new(&StockReserved { order_id: order, expires_at, allocations })?];
                told.extend(self.shift(conn, Kind::Reserve, &moves, None).await?);
                told
            }
            Err(shortages) => {
                vec![Telling::new(&StockRejected { order_id: order, shortages: event_shortages(&shortages) })?]
            }
        };
        Ok(self.outbox.put_all(conn, &*self.clock, told).await?)
    }

    async fn reserve_again(&self, conn: &mut PgConnection, order: OrderId) -> Result<(), Fault> {
        let Some(held) = reservation::lock(conn, order).await? else {
            return Err(Fault::internal(format!("the reservation of order {order} vanished")));
        };
        match decide(Request::Reserve, held.status) {
            Decision::Say(answer) => self.answer(conn, order, answer).await,
            _ => Ok(()),
        }
    }
}

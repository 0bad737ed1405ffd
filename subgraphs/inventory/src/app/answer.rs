use events::inventory::{
    Allocation as Taken, CommitRefused, ReleasedBecause, Shortage as Lacking, StockCommitted, StockRejected,
    StockReleased, StockReserved,
};
use kernel::{Fault, OrderId};
use messaging::Telling;
use sqlx::PgConnection;

use super::App;
use crate::domain::{Allocation, Answer, Shortage, Status};
use crate::store::reservation::{self, Held};
use crate::store::reservation_read;

impl App {
    /// The reservation of the order, locked. `None` when the order was not heard of before; from now on it is known to be in
    /// this status, so that a request which was overtaken comes too late.
    pub(super) async fn held(
        &self,
        conn: &mut PgConnection,
        order: OrderId,
        otherwise: Status,
    ) -> Result<Option<Held>, Fault> {
        if let Some(held) = reservation::lock(conn, order).await? {
            return Ok(Some(held));
        }
        if reservation::preclude(conn, order, otherwise, self.clock.now()).await? {
            return Ok(None);
        }
        // Somebody else was faster, and is done.
        match reservation::lock(conn, order).await? {
            Some(held) => Ok(Some(held)),
            None => Err(Fault::internal(format!("the reservation of order {order} vanished"))),
        }
    }

    /// Tells the order how things stand, without changing them.
    pub(super) async fn answer(&self, conn: &mut PgConnection, order_id: OrderId, answer: Answer) -> Result<(), Fault> {
        let released = |reason| Telling::new(&StockReleased { order_id, reason });
        let telling = match answer {
            Answer::Released => released(ReleasedBecause::Requested)?,
            Answer::Expired => released(ReleasedBecause::Expired)?,
            Answer::Reserved => {
                let held = reservation::lock(conn, order_id).await?;
                let Some(expires_at) = held.and_then(|held| held.expires_at) else {
                    return Err(Fault::internal(format!("order {order_id} has stock reserved without end")));
                };
                let allocations = event_allocations(&reservation_read::allocations(conn, order_id).await?);
                Telling::new(&StockReserved { order_id, expires_at, allocations })?
            }
            Answer::Committed => {
                let allocations = event_allocations(&reservation_read::allocations(conn, order_id).await?);
                Telling::new(&StockCommitted { order_id, allocations })?
            }
            Answer::Rejected => {
                let shortages = event_shortages(&shortages(conn, order_id).await?);
                Telling::new(&StockRejected { order_id, shortages })?
            }
            Answer::Refused => {
                let shortages = event_shortages(&shortages(conn, order_id).await?);
                Telling::new(&CommitRefused { order_id, shortages })?
            }
        };
        Ok(self.outbox.put_all(conn, &*self.clock, vec![telling]).await?)
    }
}

async fn shortages(conn: &mut PgConnection, order: OrderId) -> sqlx::Result<Vec<Shortage>> {
    let lines = reservation_read::lines(conn, order).await?.into_iter();
    let shortage = |(line, available): (crate::domain::Line, Option<i64>)| {
        available.map(|available| Shortage { variant_id: line.variant_id, requested: line.quantity, available })
    };
    Ok(lines.filter_map(shortage).collect())
}

/// The allocations as an event carries them.
pub(super) fn event_allocations(of: &[Allocation]) -> Vec<Taken> {
    of.iter()
        .map(|of| Taken { variant_id: of.variant_id, warehouse_id: of.warehouse_id, quantity: of.quantity })
        .collect()
}

/// The shortages as an event carries them.
pub(super) fn event_shortages(of: &[Shortage]) -> Vec<Lacking> {
    of.iter()
        .map(|of| Lacking { variant_id: of.variant_id, requested: of.requested, available: of.available })
        .collect()
}

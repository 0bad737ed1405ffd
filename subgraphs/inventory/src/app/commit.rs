use events::inventory::{CommitRefused, ReleasedBecause, StockCommitted};
use kernel::{Fault, OrderId};
use messaging::Telling;
use sqlx::PgConnection;

use super::App;
use super::answer::{event_allocations, event_shortages};
use super::shift::variants;
use crate::domain::{Allocation, Answer, Decision, Kind, Line, Request, Status, allocate, decide};
use crate::store::{reservation, reservation_read, stock};

impl App {
    /// Takes what is reserved for the order out of the stock for good. After the reservation's time is over, whether that was
    /// noticed or not, the order has no right to it any more: it gets what there is, or is refused for good.
    ///
    /// # Errors
    /// The database's.
    pub async fn commit(&self, conn: &mut PgConnection, order: OrderId) -> Result<(), Fault> {
        let Some(held) = self.held(conn, order, Status::Rejected).await? else {
            tracing::warn!(%order, "asked to commit an order that nothing was reserved for");
            return self.answer(conn, order, Answer::Refused).await;
        };
        let mut status = held.status;
        if status == Status::Reserved && held.expires_at.is_some_and(|end| end <= self.clock.now()) {
            self.give_back(conn, &[order], ReleasedBecause::Expired).await?;
            status = Status::Expired;
        }
        match decide(Request::Commit, status) {
            Decision::TakeOut => self.take_out(conn, order).await,
            Decision::TakeAgain => self.take_again(conn, order).await,
            Decision::Say(answer) => self.answer(conn, order, answer).await,
            _ => Ok(()),
        }
    }

    async fn take_out(&self, conn: &mut PgConnection, order: OrderId) -> Result<(), Fault> {
        let held = reservation::advance(conn, order, Status::Committed, self.clock.now()).await?;
        stock::lock(conn, &variants(&held)).await?;
        self.committed(conn, order, &held, (-1, -1)).await
    }

    async fn take_again(&self, conn: &mut PgConnection, order: OrderId) -> Result<(), Fault> {
        let lines: Vec<Line> = reservation_read::lines(conn, order).await?.into_iter().map(|(line, _)| line).collect();
        let wanted: Vec<_> = lines.iter().map(|line| line.variant_id.0).collect();
        let shelves = stock::lock(conn, &wanted).await?;
        match allocate(&lines, &shelves) {
            Ok(taken) => {
                reservation::allocate(conn, order, &taken).await?;
                reservation::advance(conn, order, Status::Committed, self.clock.now()).await?;
                self.committed(conn, order, &taken, (-1, 0)).await
            }
            Err(shortages) => {
                reservation::reject(conn, order, &shortages, self.clock.now()).await?;
                let event = CommitRefused { order_id: order, shortages: event_shortages(&shortages) };
                Ok(self.outbox.put_all(conn, &*self.clock, vec![Telling::new(&event)?]).await?)
            }
        }
    }

    async fn committed(
        &self,
        conn: &mut PgConnection,
        order: OrderId,
        taken: &[Allocation],
        units: (i64, i64),
    ) -> Result<(), Fault> {
        let moves: Vec<_> = taken.iter().map(|of| self.moved(order, of, units)).collect();
        let event = StockCommitted { order_id: order, allocations: event_allocations(taken) };
        let mut told = vec![Telling::new(&event)?];
        told.extend(self.shift(conn, Kind::Commit, &moves, None).await?);
        Ok(self.outbox.put_all(conn, &*self.clock, told).await?)
    }
}

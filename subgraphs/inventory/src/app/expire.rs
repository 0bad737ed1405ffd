use std::time::Duration;

use events::inventory::ReleasedBecause;
use kernel::{Fault, OrderId};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use super::App;
use crate::domain::Status;
use crate::store::{reservation, stock};

/// Reservations that end in one transaction.
const BATCH: usize = 100;
/// The longest sleep between two looks.
const LOOK: Duration = Duration::from_secs(1);

impl App {
    /// Ends the reservations whose time is over; tells how many.
    ///
    /// Whoever consumes events holds stock of several orders at once, in the order of the orders and not of the stock. So
    /// this waits for stock only for a moment and gives way. Then the reservations end one by one, so that those whose stock is
    /// free do not wait for the others, which end with a later call.
    ///
    /// # Errors
    /// The database's.
    pub async fn expire_due(&self) -> Result<usize, Fault> {
        let mut ended = 0;
        loop {
            let mut tx = self.pool.begin().await?;
            stock::wait_briefly(&mut tx).await?;
            let due = reservation::lock_due(&mut tx, self.clock.now(), i64::try_from(BATCH)?).await?;
            if due.is_empty() {
                tx.rollback().await?;
                return Ok(ended);
            }
            match self.give_back(&mut tx, &due, ReleasedBecause::Expired).await {
                Ok(()) => tx.commit().await?,
                Err(fault) if stock::was_busy(&fault) => {
                    tx.rollback().await?;
                    return Ok(ended + self.expire_one_by_one(&due).await?);
                }
                Err(fault) => return Err(fault),
            }
            ended += due.len();
            if due.len() < BATCH {
                return Ok(ended);
            }
        }
    }

    async fn expire_one_by_one(&self, due: &[OrderId]) -> Result<usize, Fault> {
        let mut ended = 0;
        for order in due {
            match self.expire_one(*order).await {
                Ok(done) => ended += usize::from(done),
                Err(fault) if stock::was_busy(&fault) => {
                    tracing::debug!(%order, "the stock is busy; the reservation ends a little later");
                }
                Err(fault) => return Err(fault),
            }
        }
        Ok(ended)
    }

    /// Ends the reservation if its time is still over and nobody else has ended it.
    async fn expire_one(&self, order: OrderId) -> Result<bool, Fault> {
        let mut tx = self.pool.begin().await?;
        stock::wait_briefly(&mut tx).await?;
        let due = reservation::lock(&mut tx, order).await?.is_some_and(|held| {
            held.status == Status::Reserved && held.expires_at.is_some_and(|end| end <= self.clock.now())
        });
        if due {
            self.give_back(&mut tx, &[order], ReleasedBecause::Expired).await?;
        }
        tx.commit().await?;
        Ok(due)
    }

    /// Ends reservations on time, until told to stop. Outlives failures of the database.
    pub async fn expire_on_time(&self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            if let Err(fault) = self.expire_due().await {
                tracing::error!(%fault, "cannot end reservations; tries again");
            }
            let pause = self.until_next_due().await.unwrap_or(LOOK);
            tokio::select! { () = stop.cancelled() => {} () = sleep(pause) => {} }
        }
    }

    async fn until_next_due(&self) -> Result<Duration, Fault> {
        let next = reservation::next_due(&mut *self.pool.acquire().await?).await?;
        let left = next.map(|at| at - self.clock.now()).and_then(|left| Duration::try_from(left).ok());
        // What is due already was busy a moment ago.
        Ok(left.filter(|left| !left.is_zero()).map_or(LOOK, |left| left.min(LOOK)))
    }
}

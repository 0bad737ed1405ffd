use kernel::{Fault, Money, OrderId};
use sqlx::PgConnection;
use time::Duration;

use super::meters;
use super::tell::{PAY_WITHIN, tell};
use super::{App, Order};
use crate::domain::{Input, PaymentStatus, Saga, Status};
use crate::store::{cart, order, order_read};

/// How long after the last moment to pay the order waits for word of it.
const PAYMENT_GRACE: Duration = Duration::minutes(1);
/// How long a checkout can be repeated under its key.
const KEYS_KEPT: Duration = Duration::days(30);
/// How long an open cart is kept that nobody touches.
const CARTS_KEPT: Duration = Duration::days(90);
const CARTS_AT_ONCE: i64 = 1_000;
/// Orders given up in one transaction.
const BATCH: i64 = 50;

impl App {
    /// Lets the order hear something, in the transaction of who heard it: its state, its timeline, what it asks and tells change
    /// together or not at all. An order that does not exist, or that the input does not move, is left alone.
    ///
    /// # Errors
    /// The database's.
    pub(crate) async fn hear(
        &self,
        conn: &mut PgConnection,
        id: OrderId,
        input: &Input,
        action_url: Option<String>,
    ) -> Result<Option<Order>, Fault> {
        let Some(found) = order::lock(conn, id).await? else {
            tracing::warn!(order = %id, ?input, "heard of an order that does not exist");
            return Ok(None);
        };
        self.step(conn, found, input, action_url).await
    }

    /// The step of an order that is held already.
    pub(super) async fn step(
        &self,
        conn: &mut PgConnection,
        mut held: Order,
        input: &Input,
        action_url: Option<String>,
    ) -> Result<Option<Order>, Fault> {
        let Some(step) = held.saga.hear(input) else { return Ok(None) };
        let now = self.clock.now();
        let ended = meters::Step::ended(held.saga, step.next);
        let began = match ended {
            None => now,
            Some(meters::Step::Reserve) => held.placed_at,
            Some(meters::Step::Pay) => held.deadline_at.map_or(now, |at| at - PAY_WITHIN - PAYMENT_GRACE),
            Some(meters::Step::Commit) => order_read::captured_at(conn, held.id).await?.unwrap_or(now),
        };
        held.deadline_at = deadline(held.saga, step.next, held.deadline_at, now);
        held.version += 1;
        held.saga = step.next;
        held.reason = step.reason.or(held.reason);
        held.action_url = action_url.filter(|_| held.saga.payment == PaymentStatus::ActionRequired);
        let mut tellings = step.asks.into_iter().map(|ask| self.ask(&held, ask)).collect::<Result<Vec<_>, _>>()?;
        held.token = held.token.filter(|_| held.saga.status == Status::Pending);
        let lines = order::save_step(conn, &held, &step.entry, now).await?;
        tellings.push(tell(&held, &lines, step.tell)?);
        self.outbox.put_all(conn, &*self.clock, tellings).await?;
        if let Some(ended) = ended {
            ended.tell(began, held.saga, now);
        }
        Ok(Some(held))
    }

    /// Money was given back, at once or in parts; the order has its money back with the last of them.
    pub(crate) async fn refunded(
        &self,
        conn: &mut PgConnection,
        id: OrderId,
        amount: Money,
    ) -> Result<Option<Order>, Fault> {
        let Some(mut held) = order::lock(conn, id).await? else { return Ok(None) };
        held.refunded = held.refunded.saturating_add(amount.minor);
        if held.refunded >= held.totals.total {
            return self.step(conn, held, &Input::PaymentRefunded, None).await;
        }
        order::save_refunded(conn, &held).await?;
        Ok(None)
    }

    /// Deletes what nobody will ask for again: old idempotency keys, and open carts with the addresses in them.
    ///
    /// # Errors
    /// The database's.
    pub async fn forget_old(&self) -> Result<(), Fault> {
        let now = self.clock.now();
        let mut conn = self.pool.acquire().await?;
        self.keys.forget(&mut conn, now - KEYS_KEPT).await?;
        while cart::forget_carts(&mut conn, now - CARTS_KEPT, CARTS_AT_ONCE).await? > 0 {}
        Ok(())
    }

    /// Gives up orders whose step has taken too long; tells how many.
    ///
    /// # Errors
    /// The database's.
    pub async fn give_up_overdue(&self) -> Result<usize, Fault> {
        let mut given_up = 0;
        loop {
            let mut tx = self.pool.begin().await?;
            let due = order::due(&mut tx, self.clock.now(), BATCH).await?;
            for id in &due {
                self.hear(&mut tx, *id, &Input::DeadlinePassed, None).await?;
            }
            tx.commit().await?;
            given_up += due.len();
            if i64::try_from(due.len())? < BATCH {
                return Ok(given_up);
            }
        }
    }
}

/// When the next step will have taken too long.
fn deadline(
    before: Saga,
    next: Saga,
    running: Option<time::OffsetDateTime>,
    now: time::OffsetDateTime,
) -> Option<time::OffsetDateTime> {
    match next.status {
        Status::Pending => running,
        Status::Reserved if before.status == Status::Pending => Some(now + PAY_WITHIN + PAYMENT_GRACE),
        Status::Reserved => running,
        Status::Confirmed | Status::Rejected | Status::Cancelled => None,
    }
}

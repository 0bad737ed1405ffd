//! Works off one queue.

use std::time::Duration;

use sqlx::{Postgres, Transaction};
use tokio::time::{Instant, sleep, sleep_until};
use tokio_util::sync::CancellationToken;

use crate::backoff::Streak;
use crate::consumer::Applied;
use crate::embedded::queue::{self, Look, Message};
use crate::parking::{self, Parked};
use crate::source::Source;
use crate::verdict::{Verdict, verdict};
use crate::{BusError, Consumer, HandleError, batch, meters};

/// Effects in one transaction.
const BATCH: usize = 64;
/// How long a message from another process, or one due for its next attempt, can go unseen.
const POLL: Duration = Duration::from_secs(1);
/// How often old inbox rows are deleted.
const FORGET: Duration = Duration::from_secs(600);

/// A consumer at its queue. Several replicas may run: one at a time has the queue.
#[derive(Debug)]
pub struct Worker {
    consumer: Consumer,
    source: Source,
    /// Messages still to be taken one by one, because the batch they were in failed.
    singly: usize,
    /// When the next of those that failed is due.
    due: Option<Instant>,
}

impl Worker {
    pub(crate) fn new(consumer: Consumer, source: Source) -> Self {
        Self { consumer, source, singly: 0, due: None }
    }

    /// Applies messages until told to stop; the batch at hand is finished first. Outlives failures of the database and of
    /// the broker.
    pub async fn run(mut self, stop: CancellationToken) {
        let (mut streak, mut forget_at) = (Streak::default(), Instant::now());
        // Until when messages gather.
        let mut gathering: Option<Instant> = None;
        let hurried = self.consumer.hurried();
        while !stop.is_cancelled() {
            // Seen before the queue is read: what is published after that wakes us again.
            self.source.look();
            let singly = self.singly > 0;
            match self.pass().await {
                Ok(taken) => {
                    streak.worked(self.consumer.name);
                    if taken > 0 {
                        gathering = Some(Instant::now() + self.consumer.gathers_after(taken));
                    }
                    // A batch that was not full left nothing; what came meanwhile has woken us, or is at hand.
                    if taken > 0 && (singly || self.singly > 0 || taken >= BATCH) {
                        continue;
                    }
                    if Instant::now() >= forget_at {
                        forget_at = Instant::now() + FORGET;
                        self.forget().await;
                    }
                    let poll = Instant::now() + POLL;
                    let again = self.due.map_or(poll, |due| due.min(poll));
                    if taken == 0 || self.at_hand() == 0 {
                        tokio::select! { () = stop.cancelled() => {} () = self.source.arrives() => {} () = sleep_until(again) => {} }
                    }
                    if let Some(end) = gathering {
                        tokio::select! { () = stop.cancelled() => {} () = self.source.hurries(&hurried) => {} () = sleep_until(end) => {} }
                    }
                }
                Err(error) => {
                    let pause = streak.failed(self.consumer.name, &error);
                    tokio::select! { () = stop.cancelled() => {} () = sleep(pause) => {} }
                }
            }
        }
        if let Source::Broker(feed) = self.source {
            feed.close().await;
        }
    }

    /// Takes what is due, up to a batch, and tells how many messages it looked at. None: nothing is due, or another
    /// replica has the queue.
    ///
    /// # Errors
    /// The database's, outside of a handler; nothing is lost and nothing is counted as an attempt.
    pub async fn pass(&mut self) -> Result<usize, BusError> {
        let limit = if self.singly > 0 { 1 } else { BATCH };
        // Also when another replica has the queue, and with it what is due: looking again at once would find the same.
        self.due = self.due.filter(|due| *due > Instant::now());
        let mut tx = self.consumer.pool.begin().await?;
        // What waits comes before what arrives: it is older.
        let now = self.consumer.clock.now();
        let Look::Mine(waiting) = queue::look(&mut tx, self.consumer.name, now, limit as i64).await? else {
            tx.rollback().await?;
            return Ok(0);
        };
        self.singly = self.singly.saturating_sub(1);
        let taken =
            if waiting.is_empty() { self.arrived(tx, limit).await? } else { self.waiting(tx, &waiting).await? };
        if taken == 0 {
            self.singly = 0;
        }
        Ok(taken)
    }

    /// Takes messages from the table.
    async fn waiting(&mut self, mut tx: Transaction<'_, Postgres>, batch: &[Message]) -> Result<usize, BusError> {
        let outcome = batch::apply_waiting(&self.consumer, &mut tx, batch).await;
        if let Err(failure) = self.finish(tx, outcome).await? {
            match batch {
                [message] => self.settle(message, failure).await?,
                _ => self.singly = batch.len(),
            }
        }
        Ok(batch.len())
    }

    /// Takes messages that the broker has delivered. It forgets them only when their effects are committed, or they are
    /// parked.
    async fn arrived(&mut self, mut tx: Transaction<'_, Postgres>, limit: usize) -> Result<usize, BusError> {
        let Source::Broker(feed) = &mut self.source else {
            tx.rollback().await?;
            return Ok(0);
        };
        let batch = feed.peek(limit);
        let count = batch.len();
        if count == 0 {
            // Not left to the drop, which gives the queue back only some time later.
            tx.rollback().await?;
            return Ok(0);
        }
        let outcome = batch::apply_arrived(&self.consumer, &mut tx, batch).await;
        let safe = match self.finish(tx, outcome).await? {
            Ok(()) => true,
            Err(failure) if count == 1 => self.park_first(failure).await?,
            Err(_) => {
                self.singly = count;
                return Ok(count);
            }
        };
        match &mut self.source {
            Source::Broker(feed) if safe => feed.settle(count).await,
            _ => return Ok(0),
        }
        Ok(count)
    }

    /// Commits what worked and rolls back what did not.
    async fn finish(
        &self,
        tx: Transaction<'_, Postgres>,
        outcome: Result<Applied, HandleError>,
    ) -> sqlx::Result<Result<(), HandleError>> {
        match outcome {
            // Constraints that are deferred to the commit can still refuse the effect.
            Ok(applied) => Ok(match tx.commit().await {
                Ok(()) => {
                    meters::handled(self.consumer.name, &applied, self.consumer.clock.now());
                    Ok(())
                }
                Err(refused) => Err(refused.into()),
            }),
            Err(failure) => {
                tx.rollback().await?;
                Ok(Err(failure))
            }
        }
    }

    /// Decides what becomes of a message in the table that failed on its own.
    async fn settle(&mut self, message: &Message, failure: HandleError) -> sqlx::Result<()> {
        let (consumer, now) = (&self.consumer, self.consumer.clock.now());
        let failures = u32::try_from(message.attempts).unwrap_or(u32::MAX).saturating_add(1);
        let mut conn = consumer.pool.acquire().await?;
        match verdict(consumer, &message.envelope, failures, failure) {
            Verdict::Again { until, error } => {
                queue::postpone(&mut conn, message, until, &error).await?;
                self.look_again_in((until - now).unsigned_abs());
                Ok(())
            }
            Verdict::Dead { reason } => queue::bury(&mut conn, message, now, &reason).await,
        }
    }

    fn look_again_in(&mut self, pause: Duration) {
        let due = Instant::now() + pause;
        self.due = Some(self.due.map_or(due, |earlier| earlier.min(due)));
    }

    /// Parks the oldest message that has arrived, which failed on its own. False when another replica has the queue.
    async fn park_first(&mut self, failure: HandleError) -> sqlx::Result<bool> {
        let Source::Broker(feed) = &mut self.source else { return Ok(true) };
        let Some(arrival) = feed.peek(1).first() else { return Ok(true) };
        let (consumer, now) = (&self.consumer, self.consumer.clock.now());
        let mut tx = consumer.pool.begin().await?;
        if !queue::lock(&mut tx, consumer.name).await? {
            tx.rollback().await?;
            return Ok(false);
        }
        let mut parked = match arrival.content() {
            Ok(envelope) => Parked::behind(envelope, now)?,
            Err(unreadable) => unreadable.parked(now),
        };
        parked.attempts = 1;
        match verdict(consumer, &parked.envelope, 1, failure) {
            Verdict::Again { until, error } => {
                parked.available_at = until;
                parked.last_error = Some(error);
            }
            Verdict::Dead { reason } => {
                parked.dead_at = Some(now);
                parked.last_error = Some(reason);
            }
        }
        let pause = (parked.available_at - now).unsigned_abs();
        parking::park(&mut tx, consumer.inbox, vec![parked]).await?;
        tx.commit().await?;
        self.look_again_in(pause);
        Ok(true)
    }

    /// How many messages a broker has delivered that wait to be worked off. None without a broker.
    pub fn at_hand(&self) -> usize {
        match &self.source {
            Source::Table { .. } => 0,
            Source::Broker(feed) => feed.len(),
        }
    }

    async fn forget(&self) {
        let forgotten = async {
            let mut conn = self.consumer.pool.acquire().await?;
            self.consumer.inbox.forget(&mut conn, self.consumer.clock.now()).await
        };
        if let Err(error) = forgotten.await {
            tracing::warn!(consumer = self.consumer.name, %error, "cannot delete old inbox rows; tries again later");
        }
    }
}

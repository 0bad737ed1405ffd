//! Works off one queue.

use std::time::Duration;

use events::Envelope;
use tokio::sync::watch;
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

use super::queue::{self, Message};
use crate::backoff::Streak;
use crate::{Consumer, HandleError};

/// Effects in one transaction.
const BATCH: i64 = 64;
/// How long a message from another process, or one due for its next attempt, can go unseen.
const POLL: Duration = Duration::from_secs(1);
/// How often old inbox rows are deleted.
const FORGET: Duration = Duration::from_secs(600);

/// A consumer at its queue. Several replicas may run: one at a time has the queue.
#[derive(Debug)]
pub struct Worker {
    consumer: Consumer,
    woken: watch::Receiver<()>,
    /// Messages still to be taken one by one, because the batch they were in failed.
    singly: usize,
}

impl Worker {
    pub(crate) fn new(consumer: Consumer, woken: watch::Receiver<()>) -> Self {
        Self { consumer, woken, singly: 0 }
    }

    /// Applies messages until told to stop; the batch at hand is finished first. Outlives failures of the database.
    pub async fn run(mut self, stop: CancellationToken) {
        let (mut streak, mut forget_at) = (Streak::default(), Instant::now());
        while !stop.is_cancelled() {
            // Seen before the queue is read: what is published after that wakes us again.
            self.woken.mark_unchanged();
            match self.pass().await {
                Ok(0) => {
                    streak.worked(self.consumer.name);
                    if Instant::now() >= forget_at {
                        forget_at = Instant::now() + FORGET;
                        self.forget().await;
                    }
                    tokio::select! { () = stop.cancelled() => {} () = wake(&mut self.woken) => {} () = sleep(POLL) => {} }
                }
                Ok(_) => streak.worked(self.consumer.name),
                Err(error) => {
                    let pause = streak.failed(self.consumer.name, &error);
                    tokio::select! { () = stop.cancelled() => {} () = sleep(pause) => {} }
                }
            }
        }
    }

    /// Takes what is due, up to a batch, and tells how many messages it looked at. None: nothing is due, or another
    /// replica has the queue.
    ///
    /// # Errors
    /// The database's, outside of a handler; nothing is lost and nothing is counted as an attempt.
    pub async fn pass(&mut self) -> sqlx::Result<usize> {
        let name = self.consumer.name;
        let mut tx = self.consumer.pool.begin().await?;
        if !queue::lock(&mut tx, name).await? {
            tx.rollback().await?;
            return Ok(0);
        }
        let limit = if self.singly > 0 { 1 } else { BATCH };
        let batch = queue::claim(&mut tx, name, self.consumer.clock.now(), limit).await?;
        self.singly = self.singly.saturating_sub(1);
        let [first, rest @ ..] = batch.as_slice() else {
            self.singly = 0;
            // Not left to the drop, which gives the queue back only some time later.
            tx.rollback().await?;
            return Ok(0);
        };
        let failure = match self.apply(&mut tx, &batch).await {
            // Constraints that are deferred to the commit can still refuse the effect.
            Ok(()) => tx.commit().await.err().map(HandleError::from),
            Err(failure) => {
                tx.rollback().await?;
                Some(failure)
            }
        };
        match failure {
            None => {}
            Some(failure) if rest.is_empty() => self.settle(first, failure).await?,
            Some(_) => self.singly = batch.len(),
        }
        Ok(batch.len())
    }

    async fn apply(&self, conn: &mut sqlx::PgConnection, batch: &[Message]) -> Result<(), HandleError> {
        let envelopes = batch
            .iter()
            .map(|message| serde_json::from_value(message.envelope.clone()))
            .collect::<Result<Vec<Envelope>, _>>()
            .map_err(|error| HandleError::Refuse(format!("not an event's envelope: {error}")))?;
        self.consumer.apply(conn, &envelopes).await?;
        let seqs: Vec<i64> = batch.iter().map(|message| message.seq).collect();
        queue::remove(conn, &seqs).await?;
        Ok(())
    }

    /// Decides what becomes of a message that failed on its own.
    async fn settle(&self, message: &Message, failure: HandleError) -> sqlx::Result<()> {
        let (consumer, now) = (&self.consumer, self.consumer.clock.now());
        let failures = u32::try_from(message.attempts).unwrap_or(u32::MAX).saturating_add(1);
        let mut conn = consumer.pool.acquire().await?;
        match failure {
            HandleError::Retry(fault) if failures < consumer.retry.attempts => {
                tracing::warn!(queue = consumer.name, seq = message.seq, failures, error = %fault, "message failed, will be tried again");
                queue::postpone(&mut conn, message, now + consumer.retry.delay(failures), &fault.to_string()).await
            }
            HandleError::Retry(fault) => {
                self.bury(&mut conn, message, &format!("failed {failures} times, at last: {fault}")).await
            }
            HandleError::Refuse(reason) => self.bury(&mut conn, message, &reason).await,
        }
    }

    async fn bury(&self, conn: &mut sqlx::PgConnection, message: &Message, reason: &str) -> sqlx::Result<()> {
        tracing::error!(queue = self.consumer.name, seq = message.seq, reason, "message is a dead letter now");
        queue::bury(conn, message, self.consumer.clock.now(), reason).await
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

/// Never returns when the bus is gone: polling goes on.
async fn wake(woken: &mut watch::Receiver<()>) {
    if woken.changed().await.is_err() {
        std::future::pending::<()>().await;
    }
}

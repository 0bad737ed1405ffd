use std::time::Duration;

use chassis::Notifications;
use kernel::Fault;
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until, timeout};
use tokio_util::sync::CancellationToken;
use tracing::{Instrument, Span, info_span};

use super::App;
use crate::NAME;
use crate::store::work::{self, Claimed};

/// Where work is announced.
const CHANNEL: &str = "payments_work";
/// How long a lost announcement can delay work, and a wait that is over.
const POLL: Duration = Duration::from_secs(1);
/// The pause after the database failed.
const PAUSE: Duration = Duration::from_secs(1);
/// Payments and refunds that one worker has under way.
const CONCURRENT: usize = 16;
/// How long a worker has a payment to itself: more than all calls of a go together.
const LEASE: time::Duration = time::Duration::seconds(40);
/// How long calls under way may go on when the worker is told to stop.
const DRAIN_DEADLINE: Duration = Duration::from_secs(8);

type Jobs = JoinSet<Result<(), Fault>>;

impl App {
    /// Does what is due once, all of it at the same time, and tells how much it was.
    ///
    /// # Errors
    /// The database's. What was under way is taken up again after its lease.
    pub async fn work_once(&self) -> Result<usize, Fault> {
        let mut jobs = Jobs::new();
        let count = self.take_up(&mut jobs, CONCURRENT).await?;
        while let Some(done) = jobs.join_next().await {
            done??;
        }
        Ok(count)
    }

    /// Does what is due until told to stop: at once when it is announced, and every second to be sure.
    pub async fn work(self, stop: CancellationToken, notifications: Notifications) {
        let woken = Notify::new();
        tokio::select! {
            () = notifications.listen(CHANNEL, |_| woken.notify_one()) => {}
            () = self.turn(&woken, &stop) => {}
        }
    }

    async fn turn(&self, woken: &Notify, stop: &CancellationToken) {
        let mut jobs = Jobs::new();
        let (mut looks, mut full, mut again) = (true, false, Instant::now());
        while !stop.is_cancelled() {
            if looks {
                let free = CONCURRENT.saturating_sub(jobs.len());
                full = match self.take_up(&mut jobs, free).await {
                    Ok(taken) => taken == free,
                    Err(fault) => {
                        tracing::error!(%fault, "cannot look for payments that are due; tries again");
                        tokio::select! { () = stop.cancelled() => {} () = sleep(PAUSE) => {} }
                        continue;
                    }
                };
                again = Instant::now() + POLL;
            }
            looks = true;
            tokio::select! {
                () = stop.cancelled() => {}
                // While all hands are full, an announcement cannot be followed; the next free hand looks for work.
                () = woken.notified(), if !full => {}
                Some(done) = jobs.join_next() => {
                    report(done);
                    // With hands free before, nothing was left to do that was not announced since.
                    looks = full;
                }
                () = sleep_until(again) => {}
            }
        }
        let drained = timeout(DRAIN_DEADLINE, async {
            while let Some(done) = jobs.join_next().await {
                report(done);
            }
        });
        if drained.await.is_err() {
            tracing::warn!("stopped with calls under way; they are taken up again after their lease");
        }
    }

    /// Takes what is due, which commits before any provider is called, and starts on it. Tells how much it was.
    async fn take_up(&self, jobs: &mut Jobs, limit: usize) -> Result<usize, Fault> {
        if limit == 0 {
            return Ok(0);
        }
        let now = self.clock.now();
        let mut conn = self.pool.acquire().await?;
        let payments = work::claim(&mut conn, now, now + LEASE, i64::try_from(limit)?).await?;
        let mut taken = payments.len();
        for claimed in payments {
            let app = self.clone();
            let span = paying(claimed.traceparent.as_deref());
            jobs.spawn(async move { app.drive(claimed, None).await.map(|_| ()) }.instrument(span));
        }
        if taken < limit {
            let refunds = work::claim_refunds(&mut conn, now, now + LEASE, i64::try_from(limit - taken)?).await?;
            taken += refunds.len();
            for claimed in refunds {
                let app = self.clone();
                jobs.spawn(async move { app.drive_refund(claimed).await });
            }
        }
        Ok(taken)
    }

    /// Takes one payment, due or not, unless somebody else has it.
    pub(super) async fn claim_one(&self, id: kernel::PaymentId) -> Result<Option<Claimed>, Fault> {
        let now = self.clock.now();
        Ok(work::claim_one(&mut *self.pool.acquire().await?, now, now + LEASE, id).await?)
    }
}

/// A span in the trace of what asked for the payment. None when nothing did that is traced.
fn paying(traceparent: Option<&str>) -> Span {
    if traceparent.is_none() {
        return Span::none();
    }
    let span = info_span!(target: trace::TARGET, parent: None, "pay", service.name = NAME);
    trace::follow(&span, traceparent);
    span
}

fn report(done: Result<Result<(), Fault>, tokio::task::JoinError>) {
    match done {
        Ok(Ok(())) => {}
        Ok(Err(fault)) => tracing::error!(%fault, "a payment is left under way; taken up again after its lease"),
        Err(error) => tracing::error!(%error, "a payment is left under way; taken up again after its lease"),
    }
}

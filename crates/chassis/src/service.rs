use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use axum::Router;
use kernel::Fault;
use listen::Notifications;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

/// How long work waits whose notification was not heard.
const POLL: Duration = Duration::from_secs(1);

/// A service as a process runs it: what it answers, and what it does by itself.
#[derive(Debug)]
pub struct Service {
    /// Its HTTP interface.
    pub router: Router,
    /// What runs beside it.
    pub tasks: Vec<Task>,
}

type Work = Box<dyn FnOnce(CancellationToken, Notifications) -> Pin<Box<dyn Future<Output = ()> + Send>> + Send>;

/// Work that a service does by itself until it is told to stop.
pub struct Task {
    name: &'static str,
    work: Work,
}

impl Task {
    /// Work that ends soon after the token is cancelled.
    pub fn new<F>(name: &'static str, work: impl FnOnce(CancellationToken) -> F + Send + 'static) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        Self { name, work: Box::new(move |stop, _| Box::pin(work(stop))) }
    }

    /// Work that ends soon after the token is cancelled, and hears of what the database notifies meanwhile.
    pub fn listening<F>(
        name: &'static str,
        work: impl FnOnce(CancellationToken, Notifications) -> F + Send + 'static,
    ) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        Self { name, work: Box::new(move |stop, notifications| Box::pin(work(stop, notifications))) }
    }

    /// Work that is repeated with this pause between its end and its next start. A failure is logged, and the next turn
    /// tries again.
    pub fn every<F>(name: &'static str, pause: Duration, mut turn: impl FnMut() -> F + Send + 'static) -> Self
    where
        F: Future<Output = Result<(), Fault>> + Send + 'static,
    {
        Self::new(name, async move |stop: CancellationToken| {
            while !stop.is_cancelled() {
                if let Err(fault) = turn().await {
                    tracing::error!(task = name, %fault, "failed; tries again");
                }
                tokio::select! { () = stop.cancelled() => {} () = sleep(pause) => {} }
            }
        })
    }

    /// Work that waits in the database: a turn whenever the channel is notified, and every second in case that was not heard.
    /// A turn tells how much it did; after some, another follows at once. A failure is logged, and the next turn tries
    /// again. The turn at hand is finished before the work ends.
    pub fn woken<F>(name: &'static str, channel: &'static str, mut turn: impl FnMut() -> F + Send + 'static) -> Self
    where
        F: Future<Output = Result<usize, Fault>> + Send + 'static,
    {
        Self::listening(name, async move |stop: CancellationToken, notifications: Notifications| {
            let woken = Notify::new();
            let listening = notifications.listen(channel, |_| woken.notify_one());
            let working = async {
                while !stop.is_cancelled() {
                    match turn().await {
                        Ok(done) if done > 0 => continue,
                        Ok(_) => {}
                        Err(fault) => tracing::error!(task = name, %fault, "failed; tries again"),
                    }
                    tokio::select! { () = stop.cancelled() => {} () = woken.notified() => {} () = sleep(POLL) => {} }
                }
            };
            tokio::select! { () = working => {} () = listening => {} }
        })
    }

    /// Starts the work.
    pub fn spawn(self, stop: CancellationToken, notifications: &Notifications) -> JoinHandle<()> {
        tracing::debug!(task = self.name, "starts");
        tokio::spawn((self.work)(stop, notifications.clone()))
    }
}

impl fmt::Debug for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Task").field(&self.name).finish()
    }
}

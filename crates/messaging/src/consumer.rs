//! A service's side of the bus: which events it wants and what it does with them.

use std::any::Any;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use events::Envelope;
use futures::FutureExt;
use kernel::{Clock, Fault};
use sqlx::{PgConnection, PgPool};
use time::OffsetDateTime;
use tracing::Instrument;
use uuid::Uuid;

use crate::handler::Dispatch;
use crate::inbox::Inbox;
use crate::{Bus, BusError, HandleError, Handlers, RetryPolicy, Worker, spans};

/// How long one message may take.
const HANDLE_DEADLINE: Duration = Duration::from_secs(30);

/// What a batch did, to be counted once it is committed.
#[derive(Debug, Default)]
pub(crate) struct Applied {
    /// When the events happened.
    pub(crate) times: Vec<OffsetDateTime>,
}

/// How long messages gather for each of the batch before, where nobody waits for them to the millisecond.
pub const GATHERS: Duration = Duration::from_millis(20);

/// Of a batch so many messages at most lengthen the time in which others gather.
const GATHERED: usize = 25;

/// The events a service consumes, each with its handler. Named after the service; the name is also its queue's.
pub struct Consumer {
    pub(crate) name: &'static str,
    pub(crate) pool: PgPool,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) retry: RetryPolicy,
    gathers: Duration,
    patient: Option<&'static [&'static str]>,
    pub(crate) inbox: Inbox,
    handlers: BTreeMap<&'static str, Box<dyn Dispatch>>,
}

impl Consumer {
    /// A consumer without handlers, on the service's own pool and with the inbox in its schema.
    pub fn new(name: &'static str, schema: &'static str, pool: PgPool, clock: Arc<dyn Clock>) -> Self {
        let inbox = Inbox { schema, consumer: name };
        Self {
            name,
            pool,
            clock,
            retry: RetryPolicy::default(),
            gathers: Duration::ZERO,
            patient: None,
            inbox,
            handlers: BTreeMap::new(),
        }
    }

    /// Handles every kind that is declared. A second handler for the same kind replaces the first.
    #[must_use]
    pub fn with<H: Clone + 'static>(mut self, handlers: &Handlers<H>, handler: &H) -> Self {
        self.handlers.extend(handlers.of(handler));
        self
    }

    /// Replaces the default [`RetryPolicy`].
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Lets messages gather after a batch, for so long for each message that it had, 25 times as long at most, so that more of them
    /// share a commit. The busier it is the longer a batch grows; the first message after a pause waits for nothing. For consumers
    /// that no shopper waits for.
    #[must_use]
    pub fn gather(mut self, each: Duration) -> Self {
        self.gathers = each;
        self
    }

    /// The same for these kinds only. A message of another kind waits for nothing, and takes along what has gathered.
    #[must_use]
    pub fn gather_only(mut self, each: Duration, kinds: &'static [&'static str]) -> Self {
        self.gathers = each;
        self.patient = Some(kinds);
        self
    }

    /// The kinds that do not gather.
    pub(crate) fn hurried(&self) -> Vec<&'static str> {
        let Some(patient) = self.patient else { return Vec::new() };
        self.handlers.keys().copied().filter(|kind| !patient.contains(kind)).collect()
    }

    /// How long messages gather after a batch of so many.
    pub(crate) fn gathers_after(&self, batch: usize) -> Duration {
        self.gathers * u32::try_from(batch.min(GATHERED)).unwrap_or_default()
    }

    /// Registers the queue and what it wants, which keeps events from now on, and returns what works it off.
    ///
    /// # Errors
    /// The bus's, when the queue cannot be made.
    pub async fn attach(self, bus: &dyn Bus) -> Result<Worker, BusError> {
        bus.attach(self).await
    }

    pub(crate) fn kinds(&self) -> Vec<&'static str> {
        self.handlers.keys().copied().collect()
    }

    /// Applies the events in order on the connection's transaction, those already applied excepted, and returns what it
    /// did. Takes the messages `seqs`, which brought them, out of the queue. After an error the transaction must be rolled
    /// back.
    pub(crate) async fn apply(
        &self,
        conn: &mut PgConnection,
        batch: &[&Envelope],
        seqs: &[i64],
    ) -> Result<Applied, HandleError> {
        self.apply_new(conn, batch, seqs).instrument(spans::receiving(self.name, batch)).await
    }

    async fn apply_new(
        &self,
        conn: &mut PgConnection,
        batch: &[&Envelope],
        seqs: &[i64],
    ) -> Result<Applied, HandleError> {
        let ids: Vec<Uuid> = batch.iter().map(|envelope| envelope.id).collect();
        let mut new = self.inbox.record(conn, self.clock.now(), &ids, seqs).await?;
        let mut applied = Applied::default();
        let ranks: Vec<Option<i64>> = batch.iter().map(|envelope| self.rank(envelope)).collect();
        let newest = newest(batch, &ranks, &new);
        for (envelope, rank) in batch.iter().zip(ranks) {
            if new.remove(&envelope.id) {
                if rank < newest.get(&envelope.subject).copied() && rank.is_some() {
                    applied.times.push(envelope.time);
                    continue;
                }
                let span = spans::handling(self.name, envelope);
                let outcome = self.apply_one(conn, envelope).instrument(span.clone()).await;
                if outcome.is_err() {
                    span.record("otel.status_code", "ERROR");
                }
                outcome?;
                applied.times.push(envelope.time);
            }
        }
        Ok(applied)
    }

    fn rank(&self, envelope: &Envelope) -> Option<i64> {
        self.handlers.get(envelope.kind.as_str())?.rank(envelope)
    }

    async fn apply_one(&self, conn: &mut PgConnection, envelope: &Envelope) -> Result<(), HandleError> {
        let Some(handler) = self.handlers.get(envelope.kind.as_str()) else {
            return Err(HandleError::Refuse(format!(
                "{} has no handler for {}; it may be a newer version",
                self.name, envelope.kind
            )));
        };
        // A handler that panics must not end the consumer: it is a failure of this message like any other.
        let effect = AssertUnwindSafe(handler.dispatch(conn, envelope)).catch_unwind();
        match tokio::time::timeout(HANDLE_DEADLINE, effect).await {
            Ok(Ok(result)) => result,
            Ok(Err(panic)) => {
                Err(HandleError::Retry(Fault::internal(format!("the handler panicked: {}", text(panic.as_ref())))))
            }
            Err(_) => Err(HandleError::Retry(Fault::unavailable(format!("not handled within {HANDLE_DEADLINE:?}")))),
        }
    }
}

/// The highest rank of each aggregate's new events.
fn newest(batch: &[&Envelope], ranks: &[Option<i64>], new: &HashSet<Uuid>) -> HashMap<Uuid, i64> {
    let mut newest = HashMap::new();
    for (envelope, rank) in batch.iter().zip(ranks) {
        if let (Some(rank), true) = (*rank, new.contains(&envelope.id)) {
            let highest = newest.entry(envelope.subject).or_insert(rank);
            *highest = rank.max(*highest);
        }
    }
    newest
}

fn text(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message")
}

impl fmt::Debug for Consumer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Consumer").field("name", &self.name).field("kinds", &self.kinds()).finish_non_exhaustive()
    }
}

//! What the broker delivers to a consumer.

use std::collections::VecDeque;
use std::sync::Arc;

use events::Envelope;
use futures::StreamExt;
use lapin::Acker;
use lapin::message::Delivery;
use lapin::options::{BasicAckOptions, BasicConsumeOptions, BasicQosOptions};
use lapin::types::{FieldTable, ShortString};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::sleep;
use tokio_util::sync::{CancellationToken, DropGuard};

use super::cloudevents::{self, Unreadable};
use super::link::{Line, Link, in_time};
use super::topology::Topology;
use crate::BusError;
use crate::backoff::Streak;

/// Messages that may be delivered and not acknowledged. All replicas must agree: messages come back from one that died in
/// the right order only if its successor can take all of them at once.
const PREFETCH: u16 = 256;

/// A message that has arrived. The broker keeps it until it is settled.
#[derive(Debug)]
pub(crate) struct Arrival {
    content: Result<Envelope, Unreadable>,
    acker: Acker,
}

impl Arrival {
    fn new(delivery: Delivery) -> Self {
        let content = cloudevents::decode(&delivery.properties, &delivery.data);
        Self { content, acker: delivery.acker }
    }

    pub(crate) fn content(&self) -> Result<&Envelope, &Unreadable> {
        self.content.as_ref()
    }
}

/// A consumer's end of its queue. Goes on over connections that are lost; what was delivered on one and not acknowledged
/// comes again on the next.
#[derive(Debug)]
pub(crate) struct Feed {
    deliveries: mpsc::Receiver<Arrival>,
    /// The oldest, taken from `deliveries`.
    head: VecDeque<Arrival>,
    stop: DropGuard,
    feeding: JoinHandle<()>,
}

impl Feed {
    pub(super) fn start(link: Arc<Link>, topology: Topology) -> Self {
        let (sender, deliveries) = mpsc::channel(usize::from(PREFETCH));
        let stop = CancellationToken::new();
        let feeding = tokio::spawn(feed(link, topology, sender, stop.clone()));
        Self { deliveries, head: VecDeque::new(), stop: stop.drop_guard(), feeding }
    }

    /// The oldest messages that have arrived, and stay.
    pub(crate) fn peek(&mut self, limit: usize) -> &[Arrival] {
        while self.head.len() < limit
            && let Ok(arrival) = self.deliveries.try_recv()
        {
            self.head.push_back(arrival);
        }
        let head = self.head.make_contiguous();
        &head[..limit.min(head.len())]
    }

    /// How many messages have arrived.
    pub(crate) fn len(&self) -> usize {
        self.head.len() + self.deliveries.len()
    }

    /// Lets the broker forget the oldest `count`. If that fails they come again, and the inbox knows them.
    pub(crate) async fn settle(&mut self, count: usize) {
        let Some(last) = self.head.drain(..count.min(self.head.len())).next_back() else { return };
        // All before it that came on the same channel, too; other channels are gone.
        let acknowledged = in_time("acknowledging", last.acker.ack(BasicAckOptions { multiple: true })).await;
        if let Err(error) = acknowledged {
            tracing::debug!(%error, "messages were not acknowledged and will come again");
        }
    }

    /// Returns when something has arrived after what is at hand.
    pub(crate) async fn arrives(&mut self) {
        if self.head.is_empty()
            && let Some(arrival) = self.deliveries.recv().await
        {
            self.head.push_back(arrival);
            return;
        }
        // Another replica has the queue: polling goes on.
        std::future::pending::<()>().await;
    }

    /// Returns when one of these kinds, or something unreadable, is at hand or arrives.
    pub(crate) async fn hurries(&mut self, kinds: &[&str]) {
        let hurries = |arrival: &Arrival| arrival.content().map_or(true, |of| kinds.contains(&of.kind.as_str()));
        if self.head.iter().any(hurries) {
            return;
        }
        while let Some(arrival) = self.deliveries.recv().await {
            let hurried = hurries(&arrival);
            self.head.push_back(arrival);
            if hurried {
                return;
            }
        }
        std::future::pending::<()>().await;
    }

    /// Gives back what was delivered and not settled.
    pub(crate) async fn close(self) {
        drop(self.stop);
        drop(self.deliveries);
        if let Err(error) = self.feeding.await {
            tracing::error!(%error, "a consumer's feed ended badly");
        }
    }
}

async fn feed(link: Arc<Link>, topology: Topology, sender: mpsc::Sender<Arrival>, stop: CancellationToken) {
    let mut streak = Streak::default();
    while !stop.is_cancelled() {
        let failed = match link.open(topology.queue.as_str()).await {
            Ok(line) => {
                let ended = deliver(&line, &topology, &sender, &stop, &mut streak).await;
                line.close().await;
                ended
            }
            Err(error) => Err(error),
        };
        if let Err(error) = failed {
            let pause = streak.failed(topology.queue.as_str(), &error);
            tokio::select! { () = stop.cancelled() => {} () = sleep(pause) => {} }
        }
    }
}

/// Hands on what is delivered until told to stop.
async fn deliver(
    line: &Line,
    topology: &Topology,
    sender: &mpsc::Sender<Arrival>,
    stop: &CancellationToken,
    streak: &mut Streak,
) -> Result<(), BusError> {
    let consuming = async {
        topology.restore(&line.channel).await?;
        in_time("limiting deliveries", line.channel.basic_qos(PREFETCH, BasicQosOptions::default())).await?;
        let consume = line.channel.basic_consume(
            topology.queue.clone(),
            ShortString::default(),
            BasicConsumeOptions::default(),
            FieldTable::default(),
        );
        in_time("consuming", consume).await
    };
    let mut deliveries = consuming.await?;
    streak.worked(topology.queue.as_str());
    let hand_on = async {
        while let Some(delivery) = deliveries.next().await {
            if sender.send(Arrival::new(delivery.map_err(BusError::new)?)).await.is_err() {
                return Ok(());
            }
        }
        Err(BusError::new("RabbitMQ ended the delivery"))
    };
    let ended = tokio::select! { () = stop.cancelled() => Ok(()), ended = hand_on => ended };
    // Before `deliveries` is dropped: a drop would cancel the consumer first, so that its successor could start before what
    // is not acknowledged is back.
    line.close().await;
    ended
}

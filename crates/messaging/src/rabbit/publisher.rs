//! Keeps a connection to publish through.

use std::sync::Arc;
use std::time::Duration;

use events::Envelope;
use lapin::options::{BasicPublishOptions, ConfirmSelectOptions};
use lapin::types::ShortString;
use lapin::{Channel, Confirmation};
use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout};
use tokio_util::sync::{CancellationToken, DropGuard};

use super::cloudevents;
use super::link::{Line, Link, in_time};
use super::topology::{declare_exchange, short};
use crate::BusError;
use crate::backoff::Streak;

/// How long the broker may take to confirm a batch. Less than the relay waits, so that it learns the reason.
const CONFIRM: Duration = Duration::from_secs(8);
const NAME: &str = "techcorp publisher";

pub(super) struct Publisher {
    exchange: ShortString,
    /// None while the broker is away. Channels are counted.
    channel: watch::Receiver<Option<(u64, Channel)>>,
    /// The last one that failed. What failed late says nothing about its successor.
    broken: watch::Sender<u64>,
    stop: CancellationToken,
    _stop_with_this: DropGuard,
}

impl Publisher {
    /// Connects, and keeps connecting.
    pub(super) async fn start(link: Arc<Link>, exchange: ShortString, patience: Duration) -> Result<Self, BusError> {
        let (mut streak, deadline) = (Streak::default(), Instant::now() + patience);
        let line = loop {
            match open(&link, &exchange).await {
                Ok(line) => break line,
                Err(error) if Instant::now() >= deadline => return Err(error),
                Err(error) => sleep(streak.failed(NAME, &error)).await,
            }
        };
        streak.worked(NAME);
        let (sender, channel) = watch::channel(None);
        let (broken, failed) = watch::channel(0);
        let stop = CancellationToken::new();
        // Here and not in the task, so that it is connected from the start.
        sender.send_replace(Some((1, line.channel.clone())));
        tokio::spawn(keep(link, exchange.clone(), line, sender, failed, stop.clone()));
        Ok(Self { exchange, channel, broken, _stop_with_this: stop.clone().drop_guard(), stop })
    }

    pub(super) fn is_connected(&self) -> bool {
        self.channel.borrow().is_some()
    }

    /// Sends the batch in order and waits for all confirms at once. Tells the kinds that no queue of the broker wanted.
    pub(super) async fn publish(&self, batch: &[Envelope]) -> Result<Vec<String>, BusError> {
        let (number, channel) = self.channel.borrow().clone().ok_or_else(|| BusError::new("RabbitMQ is away"))?;
        let sent = timeout(CONFIRM, self.send(&channel, batch))
            .await
            .unwrap_or_else(|_| Err(BusError::new(format!("RabbitMQ did not confirm within {CONFIRM:?}"))));
        if sent.is_err() {
            self.broken.send_modify(|last| *last = number.max(*last));
        }
        sent
    }

    async fn send(&self, channel: &Channel, batch: &[Envelope]) -> Result<Vec<String>, BusError> {
        let mut confirms = Vec::with_capacity(batch.len());
        for envelope in batch {
            let (properties, body) = cloudevents::encode(envelope)?;
            let options = BasicPublishOptions { mandatory: true, ..Default::default() };
            let key = short(&envelope.kind)?;
            let confirm = channel.basic_publish(self.exchange.clone(), key, options, &body, properties);
            confirms.push(confirm.await.map_err(BusError::new)?);
        }
        let mut unwanted = Vec::new();
        for (confirm, envelope) in confirms.into_iter().zip(batch) {
            match confirm.await.map_err(BusError::new)? {
                Confirmation::Ack(None) => {}
                Confirmation::Ack(Some(_)) => unwanted.push(envelope.kind.clone()),
                Confirmation::Nack(_) | Confirmation::NotRequested => {
                    return Err(BusError::new("RabbitMQ refused an event"));
                }
            }
        }
        Ok(unwanted)
    }

    /// Returns when the connection is closed.
    pub(super) async fn close(&self) {
        self.stop.cancel();
        let mut channel = self.channel.clone();
        while channel.changed().await.is_ok() {}
    }
}

async fn open(link: &Link, exchange: &ShortString) -> Result<Line, BusError> {
    let line = link.open(NAME).await?;
    in_time("asking for confirms", line.channel.confirm_select(ConfirmSelectOptions::default())).await?;
    declare_exchange(&line.channel, exchange).await?;
    Ok(line)
}

async fn keep(
    link: Arc<Link>,
    exchange: ShortString,
    mut line: Line,
    sender: watch::Sender<Option<(u64, Channel)>>,
    mut broken: watch::Receiver<u64>,
    stop: CancellationToken,
) {
    let mut streak = Streak::default();
    for number in 1.. {
        tokio::select! {
            () = stop.cancelled() => {}
            () = line.lost() => {}
            _ = broken.wait_for(|last| *last == number) => {}
        }
        sender.send_replace(None);
        line.close().await;
        line = loop {
            if stop.is_cancelled() {
                return;
            }
            match open(&link, &exchange).await {
                Ok(line) => break line,
                Err(error) => {
                    let pause = streak.failed(NAME, &error);
                    tokio::select! { () = stop.cancelled() => {} () = sleep(pause) => {} }
                }
            }
        };
        streak.worked(NAME);
        sender.send_replace(Some((number + 1, line.channel.clone())));
    }
}

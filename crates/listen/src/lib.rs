//! What PostgreSQL notifies of, over one connection for the whole process.
//!
//! Every `pg_notify` wakes each connection of the database that listens to anything, whichever channel it is. A connection for
//! each channel would so be woken by all the others, in the midst of the work that they tell of.

use std::time::Duration;

use sqlx::PgPool;
use sqlx::postgres::PgListener;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::sleep;

/// The pause after a lost connection.
const RECONNECT: Duration = Duration::from_millis(500);

/// A channel, and who hears of it.
#[derive(Debug)]
struct Subscriber {
    channel: String,
    tell: UnboundedSender<Option<String>>,
}

impl Subscriber {
    /// Whether it still listens.
    fn hears(&self, payload: Option<&str>) -> bool {
        self.tell.send(payload.map(str::to_owned)).is_ok()
    }
}

/// The notifications of a database, for everybody in the process who waits for some. Copies share one connection.
#[derive(Debug, Clone)]
pub struct Notifications {
    arrivals: UnboundedSender<Subscriber>,
}

impl Notifications {
    /// Notifications of the pool's database. Takes one of the pool's connections until the pool is closed or the last copy
    /// of this and of what listens to it is gone. To be called within a runtime.
    pub fn over(pool: PgPool) -> Self {
        let (arrivals, waiting) = unbounded_channel();
        tokio::spawn(hear(pool, waiting));
        Self { arrivals }
    }

    /// Calls back with the payload of every `pg_notify` on the channel, and with `None` whenever it has just begun to listen:
    /// what was notified before that is not known, so the receiver has to look for itself. Never returns.
    pub async fn listen(&self, channel: &str, mut heard: impl FnMut(Option<&str>) + Send) {
        let (tell, mut told) = unbounded_channel();
        // Refused only after the pool was closed, and then nothing is notified any more.
        let _ = self.arrivals.send(Subscriber { channel: channel.to_owned(), tell });
        while let Some(payload) = told.recv().await {
            heard(payload.as_deref());
        }
        std::future::pending().await
    }
}

async fn hear(pool: PgPool, mut arrivals: UnboundedReceiver<Subscriber>) {
    let mut subscribers = Vec::new();
    let mut closed = pool.close_event();
    let hearing = async {
        while let Err(error) = hear_until_lost(&pool, &mut subscribers, &mut arrivals).await {
            tracing::debug!(%error, "not listening");
            sleep(RECONNECT).await;
        }
    };
    // An error means that the pool is closed.
    let _ = closed.do_until(hearing).await;
}

/// Ends well when nobody can come any more.
async fn hear_until_lost(
    pool: &PgPool,
    subscribers: &mut Vec<Subscriber>,
    arrivals: &mut UnboundedReceiver<Subscriber>,
) -> sqlx::Result<()> {
    let mut listener = PgListener::connect_with(pool).await?;
    // It would connect again by itself, and that must not be interrupted by an arrival.
    listener.eager_reconnect(false);
    for subscriber in &*subscribers {
        listener.listen(&subscriber.channel).await?;
    }
    subscribers.retain(|subscriber| subscriber.hears(None));
    loop {
        tokio::select! {
            arrival = arrivals.recv() => {
                let Some(subscriber) = arrival else { return Ok(()) };
                let listening = listener.listen(&subscriber.channel).await;
                if listening.is_err() || subscriber.hears(None) {
                    subscribers.push(subscriber);
                }
                listening?;
            }
            notification = listener.try_recv() => {
                let Some(notification) = notification? else {
                    return Err(sqlx::Error::Io(std::io::ErrorKind::ConnectionAborted.into()));
                };
                let channel = notification.channel();
                subscribers.retain(|subscriber| subscriber.channel != channel || subscriber.hears(Some(notification.payload())));
            }
        }
    }
}

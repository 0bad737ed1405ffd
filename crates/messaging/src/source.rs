//! Where a worker's messages come from.

use tokio::sync::watch;

use crate::rabbit::Feed;

/// Where new messages come from.
#[derive(Debug)]
pub(crate) enum Source {
    /// They are in the table, where those wait that were tried; this tells when to look.
    Table(watch::Receiver<()>),
    /// A broker delivers them.
    Broker(Feed),
}

impl Source {
    /// Forgets what was said before.
    pub(crate) fn look(&mut self) {
        if let Self::Table(woken) = self {
            woken.mark_unchanged();
        }
    }

    /// Returns when there may be something new. Never, when the bus is gone: polling goes on.
    pub(crate) async fn arrives(&mut self) {
        match self {
            Self::Table(woken) => {
                if woken.changed().await.is_err() {
                    std::future::pending::<()>().await;
                }
            }
            Self::Broker(feed) => feed.arrives().await,
        }
    }
}

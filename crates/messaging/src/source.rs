//! Where a worker's messages come from.

use std::future::pending;

use tokio::sync::watch;

use crate::rabbit::Feed;

/// Where new messages come from.
#[derive(Debug)]
pub(crate) enum Source {
    /// They are in the table, where those wait that were tried.
    Table {
        /// Tells when to look, and how often it was for a message that gathers for nobody.
        woken: watch::Receiver<u64>,
        /// How often it was before the table was looked at.
        seen: u64,
    },
    /// A broker delivers them.
    Broker(Feed),
}

impl Source {
    /// Forgets what was said before.
    pub(crate) fn look(&mut self) {
        if let Self::Table { woken, seen } = self {
            *seen = *woken.borrow_and_update();
        }
    }

    /// Returns when there may be something new. Never, when the bus is gone: polling goes on.
    pub(crate) async fn arrives(&mut self) {
        match self {
            Self::Table { woken, .. } => {
                if woken.changed().await.is_err() {
                    pending::<()>().await;
                }
            }
            Self::Broker(feed) => feed.arrives().await,
        }
    }

    /// Returns when there is something new of these kinds, which are those that the bus was told of.
    pub(crate) async fn hurries(&mut self, kinds: &[&str]) {
        match self {
            Self::Table { woken, seen } => {
                if woken.wait_for(|now| now != seen).await.is_err() {
                    pending::<()>().await;
                }
            }
            Self::Broker(feed) => feed.hurries(kinds).await,
        }
    }
}

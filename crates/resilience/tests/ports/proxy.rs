//! A way to the server that a test can cut.

use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Pass,
    Cut,
    Silent,
}

/// Passes connections on to the server, until it is told otherwise.
pub(crate) struct Proxy {
    address: String,
    mode: watch::Sender<Mode>,
}

impl Proxy {
    pub(crate) async fn new(server: String) -> Self {
        Self::far(server, Duration::ZERO).await
    }

    /// A long way: so long takes it until a new connection passes anything.
    pub(crate) async fn far(server: String, delay: Duration) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let mode = watch::Sender::new(Mode::Pass);
        let told = mode.clone();
        tokio::spawn(async move {
            loop {
                let (near, _) = listener.accept().await.unwrap();
                let (server, mode) = (server.clone(), told.subscribe());
                tokio::spawn(async move {
                    tokio::time::sleep(delay).await;
                    pass(near, server, mode).await;
                });
            }
        });
        Self { address, mode }
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Closes every connection, and new ones at once.
    pub(crate) fn cut(&self) {
        self.mode.send_replace(Mode::Cut);
    }

    /// Keeps every connection open and passes nothing, as when a machine vanishes. Connections of this time stay silent.
    pub(crate) fn silence(&self) {
        self.mode.send_replace(Mode::Silent);
    }

    /// New connections pass again.
    pub(crate) fn restore(&self) {
        self.mode.send_replace(Mode::Pass);
    }
}

async fn pass(mut near: TcpStream, server: String, mut mode: watch::Receiver<Mode>) {
    let now = *mode.borrow_and_update();
    if now == Mode::Pass {
        let mut far = TcpStream::connect(server).await.unwrap();
        tokio::select! {
            _ = tokio::io::copy_bidirectional(&mut near, &mut far) => return,
            _ = mode.changed() => {}
        }
    }
    if *mode.borrow() == Mode::Silent {
        _ = mode.wait_for(|mode| *mode == Mode::Cut).await;
    }
}

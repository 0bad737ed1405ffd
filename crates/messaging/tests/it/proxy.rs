//! A TCP proxy before the broker, whose connections can be cut and whose requests can be swallowed.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

pub(crate) struct Proxy {
    /// The broker's URL, through here.
    pub(crate) url: String,
    cuts: watch::Sender<u32>,
    refuses: Arc<AtomicBool>,
    swallows: Arc<AtomicBool>,
    _tasks: JoinSet<()>,
}

impl Proxy {
    pub(crate) async fn before(url: &str) -> Self {
        let (credentials, rest) = url.split_once('@').expect("amqp://user:password@host:port");
        let (address, path) =
            rest.split_once('/').map_or((rest, String::new()), |(address, path)| (address, format!("/{path}")));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("{credentials}@{}{path}", listener.local_addr().unwrap());
        let (cuts, cut) = watch::channel(0);
        let (refuses, swallows) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
        let mut tasks = JoinSet::new();
        tasks.spawn(accept(listener, address.to_owned(), cut, refuses.clone(), swallows.clone()));
        Self { url, cuts, refuses, swallows, _tasks: tasks }
    }

    /// Ends every connection, as a broker that dies.
    pub(crate) fn cut(&self) {
        self.cuts.send_modify(|cuts| *cuts += 1);
    }

    /// Whether new connections are ended at once.
    pub(crate) fn refuse(&self, yes: bool) {
        self.refuses.store(yes, Ordering::SeqCst);
    }

    /// Whether what clients send is lost on the way.
    pub(crate) fn swallow(&self, yes: bool) {
        self.swallows.store(yes, Ordering::SeqCst);
    }
}

async fn accept(
    listener: TcpListener,
    address: String,
    cut: watch::Receiver<u32>,
    refuses: Arc<AtomicBool>,
    swallows: Arc<AtomicBool>,
) {
    let mut connections = JoinSet::new();
    loop {
        let (client, _) = listener.accept().await.unwrap();
        if refuses.load(Ordering::SeqCst) {
            continue;
        }
        let Ok(broker) = TcpStream::connect(&address).await else { continue };
        connections.spawn(carry(client, broker, cut.clone(), swallows.clone()));
    }
}

async fn carry(client: TcpStream, broker: TcpStream, mut cut: watch::Receiver<u32>, swallows: Arc<AtomicBool>) {
    cut.mark_unchanged();
    let ((mut from_client, mut to_client), (mut from_broker, mut to_broker)) =
        (client.into_split(), broker.into_split());
    let up = async {
        let mut bytes = [0; 4096];
        while let Ok(read @ 1..) = from_client.read(&mut bytes).await {
            if !swallows.load(Ordering::SeqCst) && to_broker.write_all(&bytes[..read]).await.is_err() {
                return;
            }
        }
    };
    let down = tokio::io::copy(&mut from_broker, &mut to_client);
    tokio::select! { () = up => {} _ = down => {} _ = cut.changed() => {} }
}

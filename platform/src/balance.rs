//! `techcorp balance`: spreads the connections of one port over replicas, as a service of Kubernetes does.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use chassis::{StartError, bind};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{sleep, timeout};

use crate::signals::stop_on_signal;

const HOST: &str = "127.0.0.1";
/// How long a replica may take to take a connection.
const DIAL: Duration = Duration::from_secs(1);

/// Which ports lead where.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Folder in which a file named by a replica's port takes the replica out of use for new connections. Those it has
    /// stay: the replica itself ends them when it stops.
    #[arg(long)]
    out_of_use: PathBuf,
    /// A port and the ports of its replicas, such as `4005=4105,4205`.
    #[arg(required = true)]
    routes: Vec<Route>,
}

/// A port, and where its connections go.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Route {
    port: u16,
    replicas: Vec<u16>,
}

impl FromStr for Route {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text} is not like 4005=4105,4205");
        let (port, replicas) = text.split_once('=').ok_or_else(wrong)?;
        let number = |text: &str| text.parse::<u16>().map_err(|_| wrong());
        Ok(Self { port: number(port)?, replicas: replicas.split(',').map(number).collect::<Result<_, _>>()? })
    }
}

/// Balances until SIGTERM.
pub(crate) async fn run(options: &Options) -> Result<(), StartError> {
    let stop = stop_on_signal()?;
    for route in options.routes.clone() {
        let listener = bind("the balancer", HOST, route.port).await?;
        tokio::spawn(accept(listener, Arc::new(route.replicas), options.out_of_use.clone()));
    }
    stop.cancelled().await;
    Ok(())
}

async fn accept(listener: TcpListener, replicas: Arc<Vec<u16>>, out_of_use: PathBuf) {
    let turn = AtomicUsize::new(0);
    loop {
        let mut client = match listener.accept().await {
            Ok((client, _)) => client,
            Err(error) => {
                // Too many open files, for example: it passes, and a loop without pause would not help it.
                tracing::warn!(%error, "cannot accept");
                sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let order = order(&replicas, turn.fetch_add(1, Ordering::Relaxed), |port| is_out(&out_of_use, port));
        tokio::spawn(async move {
            let Some(mut replica) = dial(&order).await else { return };
            // Small messages that are waited for: nothing is gained by filling packets.
            let _best_effort = client.set_nodelay(true).and_then(|()| replica.set_nodelay(true));
            // Either side may end it at any time; both then see the end.
            let _ended = copy_bidirectional(&mut client, &mut replica).await;
        });
    }
}

fn is_out(folder: &Path, port: u16) -> bool {
    folder.join(port.to_string()).exists()
}

/// Those in use, in turn. Nothing is sent before a connection stands, so the next may be tried when one refuses.
fn order(replicas: &[u16], turn: usize, is_out: impl Fn(u16) -> bool) -> Vec<u16> {
    let mut used: Vec<u16> = replicas.iter().copied().filter(|port| !is_out(*port)).collect();
    if !used.is_empty() {
        let start = turn % used.len();
        used.rotate_left(start);
    }
    used
}

async fn dial(order: &[u16]) -> Option<TcpStream> {
    for port in order {
        if let Ok(Ok(replica)) = timeout(DIAL, TcpStream::connect((HOST, *port))).await {
            return Some(replica);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routes_are_read_and_mistakes_named() {
        assert_eq!("4005=4105,4205".parse(), Ok(Route { port: 4005, replicas: vec![4105, 4205] }));
        for wrong in ["4005", "4005=", "4005=x", "=4105", "70000=1"] {
            assert!(wrong.parse::<Route>().unwrap_err().contains("is not like"), "{wrong}");
        }
    }

    #[test]
    fn replicas_take_turns_and_one_that_leaves_gets_nothing_new() {
        assert_eq!(order(&[1, 2, 3], 0, |_| false), [1, 2, 3]);
        assert_eq!(order(&[1, 2, 3], 4, |_| false), [2, 3, 1]);
        assert_eq!(order(&[1, 2, 3], 1, |port| port == 2), [3, 1]);
        assert!(order(&[1], 7, |_| true).is_empty());
    }

    #[tokio::test]
    async fn a_replica_that_refuses_is_passed_over() {
        let taken = TcpListener::bind((HOST, 0)).await.unwrap();
        let free = TcpListener::bind((HOST, 0)).await.unwrap().local_addr().unwrap().port();
        let port = taken.local_addr().unwrap().port();
        let found = dial(&[free, port]).await.expect("the other one");
        assert_eq!(found.peer_addr().unwrap().port(), port);
        assert!(dial(&[free]).await.is_none());
    }
}

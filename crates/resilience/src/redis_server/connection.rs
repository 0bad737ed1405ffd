//! What a URL of Redis names, and the connection to it.

use std::io;
use std::time::Duration;

use redis::aio::{ConnectionLike, MultiplexedConnection};
use redis::cluster::ClusterClient;
use redis::cluster_async::ClusterConnection;
use redis::io::tcp::TcpSettings;
use redis::{AsyncConnectionConfig, Client, Cmd, IntoConnectionInfo, Pipeline, RedisFuture, RedisResult};

/// How long making a connection may take. Calls wait no longer than their own deadline.
const DIAL: Duration = Duration::from_secs(2);
/// The same for one node of a cluster. One that is silent is tried twice before the others are used, so it must be well below half of
/// the whole; and whenever the library looks for changes of the cluster, everything waits for the silent one.
const DIAL_NODE: Duration = Duration::from_millis(500);
/// The library's own limit for an answer, above every deadline of a command.
const ANSWER: Duration = Duration::from_secs(2);
/// How often a node of a cluster is asked again that cannot answer now, or that has to be found anew.
const RETRIES: u32 = 4;
/// The longest pause before that, in milliseconds: the library's own is above a second, far longer than any command may take.
const RETRY_WITHIN: u64 = 20;

pub(super) enum Server {
    Node(Box<Client>),
    Cluster(Box<ClusterClient>),
}

impl Server {
    pub(super) fn new(url: &str) -> RedisResult<Self> {
        // Small commands and answers: waiting to fill a packet only costs time.
        let tcp = TcpSettings::default().set_nodelay(true);
        if !url.contains(',') {
            let client = Client::open(url.into_connection_info()?.set_tcp_settings(tcp))?;
            return Ok(Self::Node(Box::new(client)));
        }
        let nodes = url.split(',').map(str::trim).filter(|node| !node.is_empty());
        let cluster = ClusterClient::builder(nodes)
            .tcp_settings(tcp)
            .connection_timeout(DIAL_NODE)
            .response_timeout(ANSWER)
            .retries(RETRIES)
            .min_retry_wait(1)
            .max_retry_wait(RETRY_WITHIN);
        Ok(Self::Cluster(Box::new(cluster.build()?)))
    }

    pub(super) async fn dial(&self) -> RedisResult<Connection> {
        let dial = async {
            Ok(match self {
                Self::Node(client) => {
                    let config = AsyncConnectionConfig::new()
                        .set_connection_timeout(Some(DIAL))
                        .set_response_timeout(Some(ANSWER));
                    Connection::Node(client.get_multiplexed_async_connection_with_config(&config).await?)
                }
                Self::Cluster(client) => Connection::Cluster(client.get_async_connection().await?),
            })
        };
        tokio::time::timeout(DIAL, dial).await.unwrap_or_else(|_| Err(io::Error::from(io::ErrorKind::TimedOut).into()))
    }
}

/// A connection to one server or to a cluster, over which many commands run at once.
#[derive(Clone)]
pub(crate) enum Connection {
    Node(MultiplexedConnection),
    Cluster(ClusterConnection),
}

impl ConnectionLike for Connection {
    fn req_packed_command<'a>(&'a mut self, cmd: &'a Cmd) -> RedisFuture<'a, redis::Value> {
        match self {
            Self::Node(node) => node.req_packed_command(cmd),
            Self::Cluster(cluster) => cluster.req_packed_command(cmd),
        }
    }

    fn req_packed_commands<'a>(
        &'a mut self,
        pipeline: &'a Pipeline,
        offset: usize,
        count: usize,
    ) -> RedisFuture<'a, Vec<redis::Value>> {
        match self {
            Self::Node(node) => node.req_packed_commands(pipeline, offset, count),
            Self::Cluster(cluster) => cluster.req_packed_commands(pipeline, offset, count),
        }
    }

    fn get_db(&self) -> i64 {
        match self {
            Self::Node(node) => node.get_db(),
            Self::Cluster(cluster) => cluster.get_db(),
        }
    }
}

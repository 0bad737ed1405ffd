//! The real servers, and a part of them for each test.

use std::time::Duration;

use kernel::{Clock, SystemClock};
use resilience::Redis;
use secrecy::SecretString;

/// Makes each of these a test with one server and a test with a cluster: what holds on the one must hold on the other.
macro_rules! in_redis {
    ($($test:ident),+ $(,)?) => {
        mod one_server {
            $(
                #[tokio::test]
                async fn $test() {
                    super::$test(crate::server::Server::new()).await;
                }
            )+
        }

        mod cluster {
            $(
                #[tokio::test]
                async fn $test() {
                    super::$test(crate::server::Server::cluster()).await;
                }
            )+
        }
    };
}
pub(crate) use in_redis;

/// A part of a server, or of a cluster, under a prefix of its own.
pub(crate) struct Server {
    url: String,
    prefix: String,
}

impl Server {
    pub(crate) fn new() -> Self {
        Self::named_by("REDIS_URL")
    }

    pub(crate) fn cluster() -> Self {
        Self::named_by("REDIS_CLUSTER_URL")
    }

    fn named_by(variable: &str) -> Self {
        let url = std::env::var(variable).unwrap_or_else(|_| {
            panic!(
                "{variable} must name a Redis: run `scripts/servers up redis redis-cluster`, then \
                 `source .data/servers/env`, and test again"
            )
        });
        Self::at(url)
    }

    pub(crate) fn at(url: String) -> Self {
        Self { url, prefix: format!("test-{}", SystemClock.secret()) }
    }

    /// Another part of the same.
    pub(crate) fn stranger(&self) -> Self {
        Self::at(self.url.clone())
    }

    /// A process's connection.
    pub(crate) fn redis(&self) -> Redis {
        self.redis_at(&self.url)
    }

    /// A connection over another address.
    pub(crate) fn redis_at(&self, url: &str) -> Redis {
        Redis::connect(&SecretString::from(url), &*self.prefix).expect("the URL is one")
    }

    /// The host and port of the first node.
    pub(crate) fn address(&self) -> String {
        let node = redis::Client::open(self.nodes()[0]).expect("the URL is one");
        node.get_connection_info().addr().to_string()
    }

    /// The URL with another host and port.
    pub(crate) fn url_at(&self, address: &str) -> String {
        assert_eq!(self.nodes().len(), 1, "tests of outages need a single server");
        let url = self.url.replacen(&self.address(), address, 1);
        assert!(url.contains(address), "name host and port in REDIS_URL");
        url
    }

    fn nodes(&self) -> Vec<&str> {
        self.url.split(',').filter(|node| !node.is_empty()).collect()
    }

    /// Deletes what the test left. After a failed test the lifetimes do.
    pub(crate) async fn clear(self) {
        for node in self.nodes() {
            let client = redis::Client::open(node).unwrap();
            let mut node = client.get_multiplexed_async_connection().await.unwrap();
            let mut cursor = 0_u64;
            loop {
                let mut scan = redis::cmd("SCAN");
                scan.arg(cursor).arg("MATCH").arg(format!("{}:*", self.prefix)).arg("COUNT").arg(1000);
                let (next, keys): (u64, Vec<String>) = scan.query_async(&mut node).await.unwrap();
                for key in keys {
                    redis::cmd("DEL").arg(key).query_async::<()>(&mut node).await.unwrap();
                }
                cursor = next;
                if cursor == 0 {
                    break;
                }
            }
        }
    }
}

/// Waits until it is so.
pub(crate) async fn eventually(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let wait = async {
        while !is_so().await {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), wait).await.unwrap_or_else(|_| panic!("not in 60 s: {what}"));
}

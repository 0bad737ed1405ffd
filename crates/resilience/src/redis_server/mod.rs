//! The Redis that cache, counters, throttle and locks share: one connection per process and server, made when it is first needed and
//! again after it broke.

mod connection;

use std::fmt;
use std::future::Future;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures::FutureExt;
use futures::future::{BoxFuture, Shared};
use kernel::Fault;
use redis::{RedisError, RedisResult};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use crate::outgoing::{CallError, Outgoing, Settings, State};

pub(crate) use connection::Connection;
use connection::Server;

/// A ping's deadline.
const PING: Duration = Duration::from_secs(1);
/// One second after five failures in a row, a call finds out whether Redis is back; all others meanwhile cost nothing.
const SETTINGS: Settings = Settings { deadline: PING, failures: 5, open_for: Duration::from_secs(1), probes: 1 };

/// A Redis server or Redis Cluster. Clones share the connection and the circuit breaker.
///
/// Every command has a deadline. While Redis is away, commands fail at once and not each by its deadline.
#[derive(Clone)]
pub struct Redis {
    inner: Arc<Inner>,
}

struct Inner {
    prefix: String,
    server: Server,
    link: Mutex<Link>,
    outgoing: Outgoing,
}

/// A connection that is being made or was made, for all who wait.
type Dial = Shared<BoxFuture<'static, RedisResult<Connection>>>;

/// Numbered, so that who saw an old connection break does not close the new one.
#[derive(Default)]
struct Link {
    number: u64,
    dial: Option<Dial>,
}

impl Redis {
    /// Redis at the URL, `redis://[user:password@]host[:port][/database]`, or `rediss://` with TLS: the server's certificate must then be
    /// one that this machine trusts; `SSL_CERT_FILE` names the certificates of an authority of one's own. A comma makes it a cluster: `redis://a:6379,redis://b:6379`
    /// names some of its nodes, the others are found; with one known node, end with the comma. All keys begin with the prefix, so that
    /// several platforms may share a server.
    ///
    /// This does not talk to Redis yet, so a process starts without it.
    ///
    /// # Errors
    /// When the URL is not one. The message does not repeat it.
    pub fn connect(url: &SecretString, prefix: impl Into<String>) -> Result<Self, Fault> {
        Self::connect_as("redis", url, prefix)
    }

    /// Redis that metrics call by this name, where a process has several; see [`Redis::connect`].
    ///
    /// # Errors
    /// When the URL is not one. The message does not repeat it.
    pub fn connect_as(target: &'static str, url: &SecretString, prefix: impl Into<String>) -> Result<Self, Fault> {
        let server = Server::new(url.expose_secret()).map_err(|error| {
            let form =
                "redis://host:port for one server, redis://a:6379,redis://b:6379 for a cluster, rediss:// with TLS";
            Fault::internal(format!("the URL of Redis is not usable ({error}); the form is {form}"))
        })?;
        let link = Mutex::default();
        let inner = Inner { prefix: prefix.into(), server, link, outgoing: Outgoing::new(target, SETTINGS) };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// What metrics call it.
    pub fn target(&self) -> &'static str {
        self.inner.outgoing.target()
    }

    /// Asks whether it answers a read, within a second.
    ///
    /// # Errors
    /// When it is away.
    pub async fn ping(&self) -> Result<(), Fault> {
        // Not PING: a cluster that lacks a part answers it all the same, and no other command.
        let key = self.key("ping", "");
        let ping = self.call(PING, |mut connection| async move {
            redis::cmd("GET").arg(key).query_async::<redis::Value>(&mut connection).await
        });
        ping.await.map(drop).map_err(|error| Fault::unavailable(format!("Redis: {error}")))
    }

    /// The key for a thing of a kind. Hashed: it costs the same however long the name is, and what people typed is not to be read in
    /// Redis. Braces: keys of one name live on one node of a cluster, so that a script can use several.
    pub(crate) fn key(&self, kind: &str, name: &str) -> String {
        use fmt::Write;
        let mut key = format!("{}:{kind}:{{", self.inner.prefix);
        for byte in Sha256::digest(name) {
            // Writing to a string does not fail.
            _ = write!(key, "{byte:02x}");
        }
        key.push('}');
        key
    }

    /// Sends commands by the deadline.
    pub(crate) async fn call<T, F>(
        &self,
        deadline: Duration,
        commands: impl FnOnce(Connection) -> F + Send,
    ) -> Result<T, CallError<RedisError>>
    where
        F: Future<Output = RedisResult<T>> + Send,
    {
        let run = self.inner.outgoing.run_within(deadline, || async {
            let (number, dial) = self.link();
            let connection = dial.await.inspect_err(|_| self.hang_up(number))?;
            let outcome = commands(connection).await;
            if outcome.as_ref().is_err_and(RedisError::is_unrecoverable_error) {
                self.hang_up(number);
            }
            outcome
        });
        let outcome = run.await;
        // Silence may be the connection's fault: one whose other end has vanished is silent for minutes, and after a failover the name
        // leads elsewhere. The next probe begins with a new one. One that is still being made is left: it may only need longer than
        // the calls that wait for it.
        if matches!(outcome, Err(CallError::Late(_) | CallError::Failed(_)))
            && self.inner.outgoing.state() == State::Open
        {
            let mut link = self.lock();
            if link.dial.as_ref().is_some_and(|dial| dial.peek().is_some()) {
                link.dial = None;
            }
        }
        outcome
    }

    fn lock(&self) -> MutexGuard<'_, Link> {
        self.inner.link.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The connection, which is made if there is none: in a task of its own, so that callers who give up do not cut it short.
    fn link(&self) -> (u64, Dial) {
        let mut link = self.lock();
        if let Some(dial) = &link.dial {
            return (link.number, dial.clone());
        }
        link.number += 1;
        let number = link.number;
        let this = self.clone();
        let dialing = tokio::spawn(async move {
            let made = this.inner.server.dial().await;
            if made.is_err() {
                // At once and not by who waits: the next call must not meet an old failure.
                this.hang_up(number);
            }
            made
        });
        let dial = dialing.map(|made| made.unwrap_or_else(|gone| Err(io::Error::other(gone).into()))).boxed().shared();
        link.dial = Some(dial.clone());
        (number, dial)
    }

    fn hang_up(&self, number: u64) {
        let mut link = self.lock();
        if link.number == number {
            link.dial = None;
        }
    }
}

impl fmt::Debug for Redis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not the server: its address may carry a password.
        f.debug_struct("Redis").field("prefix", &self.inner.prefix).field("outgoing", &self.inner.outgoing).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redis(url: &str) -> Result<Redis, Fault> {
        Redis::connect(&SecretString::from(url), "test")
    }

    #[test]
    fn a_comma_makes_it_a_cluster() {
        let cluster = |url| matches!(redis(url).unwrap().inner.server, Server::Cluster(_));
        assert!(!cluster("redis://localhost"));
        assert!(!cluster("rediss://localhost:6380/2") && cluster("rediss://a:1,rediss://b:2"));
        assert!(cluster("redis://a:1,redis://b:2") && cluster("redis://user:secret@a:1, redis://user:secret@b:2"));
        assert!(cluster("redis://a:1,"), "one known node");
    }

    #[test]
    fn neither_an_error_nor_debug_repeats_the_password() {
        for url in ["http://user:secret@a", "redis://user:secret@a:port", "redis://user:secret@a,http://b", ",", ""] {
            let error = redis(url).unwrap_err().to_string();
            assert!(error.contains("redis://host:port") && !error.contains("secret"), "{url}: {error}");
        }
        assert!(!format!("{:?}", redis("redis://user:secret@a").unwrap()).contains("secret"));
    }

    #[test]
    fn keys_of_one_name_share_their_slot_and_kinds_do_not_meet() {
        let redis = redis("redis://localhost").unwrap();
        let (a, b) = (redis.key("a", "}{ name"), redis.key("b", "}{ name"));
        let slot = |key: &str| key.split_once('{').unwrap().1.to_owned();
        assert!(a != b && slot(&a) == slot(&b));
        assert_eq!(slot(&a).len(), 64 + 1);
        assert_ne!(slot(&a), slot(&redis.key("a", "other")));
    }
}

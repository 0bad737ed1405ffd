//! A pool whose server is away refuses at once; one whose connections are all in use lets its callers wait.
//!
//! By itself a pool tries a server that refuses connections again and again until its time to acquire is over, which is right
//! for one that is just starting and wrong for every request of an outage. So a connection beside the pool watches the server. A
//! busy pool says nothing about the server, and is not asked.

use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection, PgConnection, PgPool};
use tokio::time::{sleep, timeout};

/// Between two looks at the server.
const LOOK: Duration = Duration::from_millis(250);
/// How long a server may take to answer, or to take a connection.
const ANSWER: Duration = Duration::from_secs(1);
/// A folder without a server in it: connecting there fails at once, and the pool does not try again by itself.
const NOWHERE: &str = "/nonexistent/the-database-is-away";

/// Lets the pool connect only while the server answers, until the pool is closed.
pub(crate) async fn guard(pool: PgPool, server: PgConnectOptions) {
    let mut closed = pool.close_event();
    // The only way to end is that the pool is closed.
    let _closed = closed.do_until(keep(&pool, server)).await;
}

async fn keep(pool: &PgPool, server: PgConnectOptions) {
    let nowhere = PgConnectOptions::new_without_pgpass().socket(NOWHERE);
    let mut away = false;
    loop {
        let connected = timeout(ANSWER, server.connect()).await;
        match connected.map_err(|_| "no answer".to_owned()).and_then(|tried| tried.map_err(|error| error.to_string())) {
            Ok(watch) => {
                if away {
                    pool.set_connect_options(server.clone());
                    tracing::warn!("the database is back");
                    away = false;
                }
                // One connection may end without the others: whether the server is away is seen by making the next.
                until_lost(watch).await;
                continue;
            }
            Err(error) if !away => {
                pool.set_connect_options(nowhere.clone());
                tracing::error!(%error, "the database is away: requests that need it are refused at once");
                away = true;
            }
            Err(_) => {}
        }
        sleep(LOOK).await;
    }
}

async fn until_lost(mut watch: PgConnection) {
    while let Ok(Ok(())) = timeout(ANSWER, watch.ping()).await {
        sleep(LOOK).await;
    }
}

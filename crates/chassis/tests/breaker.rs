//! What a pool does while its server is away, and while it is only busy.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::PathBuf;
use std::time::{Duration, Instant};

use chassis::{Database, Health, Part, Parts, Schema};
use kernel::{Fault, FaultKind};
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, PgPool};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{sleep, timeout};

/// What the pool itself waits for a server that refuses connections.
const PATIENCE: Duration = Duration::from_secs(3);

/// Where the database's server is.
#[derive(Clone)]
enum Server {
    Tcp(String, u16),
    Unix(PathBuf),
}

impl Server {
    fn of(options: &PgConnectOptions) -> Self {
        match options.get_socket() {
            Some(folder) => Self::Unix(folder.join(format!(".s.PGSQL.{}", options.get_port()))),
            None => Self::Tcp(options.get_host().to_owned(), options.get_port()),
        }
    }

    /// Carries what one client and the server say, to the end.
    async fn serve(self, mut client: TcpStream) {
        match self {
            Self::Tcp(host, port) => {
                let mut server = TcpStream::connect((host, port)).await.unwrap();
                copy_bidirectional(&mut client, &mut server).await.ok();
            }
            Self::Unix(path) => {
                let mut server = UnixStream::connect(path).await.unwrap();
                copy_bidirectional(&mut client, &mut server).await.ok();
            }
        }
    }
}

/// Stands before the database's server. Stopped, it refuses connections and has cut those it had.
struct Door(JoinHandle<()>);

impl Door {
    async fn open(port: u16, server: Server) -> (Self, u16) {
        let listener = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let open = tokio::spawn(async move {
            // Ends its tasks when it is dropped.
            let mut relays = JoinSet::new();
            loop {
                let (client, _) = listener.accept().await.unwrap();
                relays.spawn(server.clone().serve(client));
            }
        });
        (Self(open), port)
    }

    async fn close(self) {
        self.0.abort();
        self.0.await.unwrap_err();
    }
}

async fn kind_of_refusal(pool: &PgPool) -> (FaultKind, Duration) {
    let asked = Instant::now();
    let error = sqlx::query("select 1").execute(pool).await.unwrap_err();
    (Fault::from(error).kind(), asked.elapsed())
}

#[sqlx::test(migrations = false)]
async fn a_server_that_is_away_is_told_at_once_and_taken_up_again_and_a_busy_pool_is_waited_for(owner: PgPool) {
    let options = owner.connect_options();
    let server = Server::of(&options);
    let (door, port) = Door::open(0, server.clone()).await;
    let (user, database) = (options.get_username(), options.get_database().unwrap());
    let secret = options.to_url_lossy().password().map(|secret| format!(":{secret}")).unwrap_or_default();
    let url = format!("postgres://{user}{secret}@127.0.0.1:{port}/{database}");
    let pool = Database::new(url).open(&Schema::empty("breaker_test"), 1).await.unwrap();

    // Busy: whoever asks waits, and gets the connection once it is free.
    let busy = pool.acquire().await.unwrap();
    let waits = timeout(Duration::from_millis(700), pool.acquire()).await;
    assert!(waits.is_err(), "it is waited for: {waits:?}");
    drop(busy);
    pool.acquire().await.unwrap();

    // One connection that is cut is no outage.
    let mut cut = pool.acquire().await.unwrap();
    let pid: i32 = sqlx::query_scalar("select pg_backend_pid()").fetch_one(&mut *cut).await.unwrap();
    sqlx::query("select pg_terminate_backend($1, 10000)").bind(pid).execute(&owner).await.unwrap();
    let error = sqlx::query("select 1").execute(&mut *cut).await.unwrap_err();
    assert_eq!(Fault::from(error).kind(), FaultKind::Unavailable);
    drop(cut);
    sqlx::query("select 1").execute(&pool).await.unwrap();

    door.close().await;
    let (kind, took) = kind_of_refusal(&pool).await;
    assert_eq!(kind, FaultKind::Unavailable);
    assert!(took < PATIENCE, "the first to meet it: {took:?}");
    let refused = refused_within(&pool, 20).await;
    assert!(refused < PATIENCE, "twenty more, at one connection: {refused:?}");

    let (_door, _) = Door::open(port, server).await;
    while sqlx::query("select 1").execute(&pool).await.is_err() {
        sleep(Duration::from_millis(20)).await;
    }
    pool.close().await;
}

#[sqlx::test(migrations = false)]
async fn a_pool_has_connections_before_its_first_request(owner: PgPool) {
    let url = owner.connect_options().to_url_lossy().to_string();
    let pool = Database::new(url).open(&Schema::empty("warm_test"), 6).await.unwrap();
    assert_eq!(pool.size(), 4);
}

#[sqlx::test(migrations = false)]
async fn statements_are_planned_once_where_the_service_says_so(owner: PgPool) {
    let url = owner.connect_options().to_url_lossy().to_string();
    for (schema, expected) in [
        (Schema::empty("planned_test").planned_once(), ["force_generic_plan", "off", "1.1", "off"]),
        (Schema::empty("usual_test"), ["auto", "on", "4", "on"]),
    ] {
        let pool = Database::new(url.clone()).open(&schema, 1).await.unwrap();
        let mut said: Vec<String> = Vec::new();
        for setting in ["show plan_cache_mode", "show enable_seqscan", "show random_page_cost", "show jit"] {
            said.push(sqlx::query_scalar(setting).fetch_one(&pool).await.unwrap());
        }
        assert_eq!(said, expected);
        let role: String = sqlx::query_scalar("select current_user::text").fetch_one(&pool).await.unwrap();
        assert!(role.starts_with("techcorp_"), "the other options still hold: {role}");
    }
}

/// How long it takes until all of so many requests are refused.
async fn refused_within(pool: &PgPool, many: usize) -> Duration {
    let asked = Instant::now();
    let mut all = JoinSet::new();
    for _ in 0..many {
        let pool = pool.clone();
        all.spawn(async move { kind_of_refusal(&pool).await });
    }
    while let Some(refused) = all.join_next().await {
        assert_eq!(refused.unwrap().0, FaultKind::Unavailable);
    }
    asked.elapsed()
}

/// The status and the JSON of `/health/ready`, after `/health/serving` has answered well.
async fn ready(pool: &PgPool, parts: Parts) -> (u16, serde_json::Value) {
    let router = Health::new("shop", pool.clone()).router().layer(axum::Extension(parts));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = |path: &str| format!("http://{}/health/{path}", listener.local_addr().unwrap());
    let (serving, ready) = (url("serving"), url("ready"));
    let served = tokio::spawn(axum::serve(listener, router).into_future());
    assert_eq!(reqwest::get(serving).await.unwrap().status(), 200, "whatever is away: it can say so");
    let answer = reqwest::get(ready).await.unwrap();
    let told = (answer.status().as_u16(), answer.json().await.unwrap());
    served.abort();
    told
}

#[sqlx::test(migrations = false)]
async fn health_names_every_part_and_only_the_database_makes_a_service_unready(pool: PgPool) {
    let parts = |broker: bool| {
        let broker = Part::new("broker", move || std::future::ready(broker));
        // One that never answers is away, too.
        Parts::new(vec![broker, Part::new("redis", std::future::pending::<bool>)])
    };
    let (status, told) = ready(&pool, Parts::default()).await;
    assert_eq!((status, told), (200, serde_json::json!({ "service": "shop", "status": "ready", "database": "ready" })));
    let (status, told) = ready(&pool, parts(true)).await;
    let expected = serde_json::json!({ "service": "shop", "status": "degraded", "database": "ready", "broker": "ready", "redis": "away" });
    assert_eq!((status, told), (200, expected));
    pool.close().await;
    let (status, told) = ready(&pool, parts(false)).await;
    let expected = serde_json::json!({ "service": "shop", "status": "unready", "database": "away", "broker": "away", "redis": "away" });
    assert_eq!((status, told), (503, expected));
}

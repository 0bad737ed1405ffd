//! A service that stops loses no request of a client that keeps its connections.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::Duration;

use axum::Router;
use axum::routing::get;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

const NOTICE: Duration = Duration::from_millis(1_500);
const LONG: Duration = Duration::from_secs(20);

/// Asks over the connection and reads one answer, or all until the connection ends.
async fn ask(connection: &mut TcpStream, path: &str) -> String {
    let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\n\r\n");
    connection.write_all(request.as_bytes()).await.unwrap();
    let (mut answer, mut buffer) = (String::new(), [0; 1_024]);
    while !answer.ends_with("done") && !answer.ends_with('}') {
        match timeout(LONG, connection.read(&mut buffer)).await.unwrap().unwrap() {
            0 => break,
            read => answer.push_str(std::str::from_utf8(&buffer[..read]).unwrap()),
        }
    }
    answer.to_lowercase()
}

async fn is_closed(connection: &mut TcpStream) -> bool {
    matches!(timeout(LONG, connection.read(&mut [0; 1])).await.unwrap(), Ok(0))
}

#[tokio::test]
async fn after_its_notice_a_service_has_no_connection_left_that_anybody_could_use() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, begun) = (CancellationToken::new(), CancellationToken::new());
    let (stopped, begins) = (stop.clone(), begun.clone());
    let long = async move || {
        begins.cancel();
        stopped.cancelled().await;
        "done"
    };
    let router = Router::new()
        .route("/work", get(|| async { "done" }))
        .route("/long", get(long))
        .route("/health/ready", get(|| async { "{}" }))
        .route("/health/serving", get(|| async { "done" }));
    let served = tokio::spawn(chassis::serve(listener, router, stop.clone(), NOTICE));

    let (mut used, mut unused) =
        (TcpStream::connect(address).await.unwrap(), TcpStream::connect(address).await.unwrap());
    assert!(ask(&mut used, "/health/serving").await.starts_with("http/1.1 200"));
    for connection in [&mut used, &mut unused] {
        assert!(!ask(connection, "/work").await.contains("connection: close"), "connections are kept");
    }
    let mut early = TcpStream::connect(address).await.unwrap();
    let long = tokio::spawn(async move { ask(&mut early, "/long").await });
    begun.cancelled().await;
    stop.cancel();
    assert!(long.await.unwrap().contains("connection: close"), "also one that was under way");
    // The middle of the notice: what comes is answered, and closed as agreed.
    let answer = ask(&mut used, "/work").await;
    assert!(answer.starts_with("http/1.1 200") && answer.contains("connection: close"), "{answer}");
    assert!(is_closed(&mut used).await);
    for path in ["/health/ready", "/health/serving"] {
        let answer = ask(&mut TcpStream::connect(address).await.unwrap(), path).await;
        assert!(answer.starts_with("http/1.1 503"), "{path}: nobody shall send anything new: {answer}");
    }
    let answer = ask(&mut TcpStream::connect(address).await.unwrap(), "/work").await;
    assert!(answer.starts_with("http/1.1 200"), "but what comes is answered: {answer}");

    assert!(is_closed(&mut unused).await, "at the end of the notice");
    timeout(LONG, served).await.unwrap().unwrap().unwrap();
    assert!(TcpStream::connect(address).await.is_err());
}

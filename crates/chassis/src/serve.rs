use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use axum::extract::Request;
use axum::http::header::CONNECTION;
use axum::http::{HeaderValue, StatusCode, Version};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::serve::{Listener, ListenerExt};
use axum::{Json, Router};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use crate::StartError;

const DRAIN_DEADLINE: Duration = Duration::from_secs(10);
/// Where whoever spreads requests over replicas may ask whether to send some here.
const IN_USE: [&str; 2] = ["/health/ready", "/health/serving"];

/// Opens the port.
///
/// # Errors
/// Names the port and what to do when it is taken.
pub async fn bind(service: &str, host: &str, port: u16) -> Result<TcpListener, StartError> {
    TcpListener::bind((host, port)).await.map_err(|error| {
        StartError::new(
            format!("{service} cannot listen on {host}:{port}: {error}"),
            format!("stop what uses port {port} (`ss -ltnp 'sport = :{port}'` names it), then start again"),
        )
    })
}

/// Serves until the token is cancelled, and for the notice after that: meanwhile `/health/ready` and `/health/serving` answer 503, so that
/// whoever spreads requests over replicas sends no new ones, and every answer closes its connection, so that none is left whose
/// client could send a request just when it is closed. A client that forgets unused connections sooner than the notice is over
/// loses nothing. Then it stops accepting and finishes the requests under way. A connection that does not end by itself, such
/// as a WebSocket, is cut after ten seconds.
///
/// # Errors
/// The listener's.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    stop: CancellationToken,
    notice: Duration,
) -> std::io::Result<()> {
    let (asked, leaving) = (stop.clone(), stop.clone());
    let router = router.layer(from_fn(move |request: Request, next: Next| answer(leaving.clone(), request, next)));
    let served = axum::serve(at_once(listener), router).with_graceful_shutdown(async move {
        asked.cancelled().await;
        sleep(notice).await;
    });
    tokio::select! {
        ended = served.into_future() => ended,
        () = async { stop.cancelled().await; sleep(notice + DRAIN_DEADLINE).await } => Ok(()),
    }
}

/// The listener, whose connections send what they have at once: what a subscription says next must not wait until the client
/// acknowledges what it said before, which takes up to 40 ms.
fn at_once(listener: TcpListener) -> impl Listener<Io = TcpStream, Addr = SocketAddr> {
    listener.tap_io(|connection| {
        if let Err(error) = connection.set_nodelay(true) {
            tracing::debug!(%error, "answers of this connection may be late");
        }
    })
}

/// The answer to a request; while the service leaves, the last on its connection.
async fn answer(leaving: CancellationToken, request: Request, next: Next) -> Response {
    // HTTP/2 has a message of its own for it, and no such header.
    let one_by_one = request.version() <= Version::HTTP_11;
    let mut answer = if leaving.is_cancelled() && IN_USE.contains(&request.uri().path()) {
        (StatusCode::SERVICE_UNAVAILABLE, Json(BTreeMap::from([("status", "leaving")]))).into_response()
    } else {
        next.run(request).await
    };
    // Asked only now: a request may take as long as the notice.
    if leaving.is_cancelled() && one_by_one && answer.status() != StatusCode::SWITCHING_PROTOCOLS {
        answer.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn connections_do_not_wait_to_be_acknowledged() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("its address");
        let mut listener = at_once(listener);
        let (client, (accepted, _)) = tokio::join!(TcpStream::connect(address), listener.accept());
        client.expect("it is reached");
        assert!(accepted.nodelay().expect("the option"));
    }
}

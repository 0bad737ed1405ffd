use std::sync::{Arc, Mutex};

use kernel::FaultKind;
use search::Server;
use search::adapters::OpenSearchProducts;
use search::app::ProductIndex;
use testkit::ManualClock;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::contract::asked;

/// Something that answers every request with this; what it was asked is in the list.
async fn answers(status: &'static str, body: &'static str) -> (u16, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (port, heard) = (listener.local_addr().unwrap().port(), Arc::new(Mutex::new(Vec::new())));
    let hears = heard.clone();
    tokio::spawn(async move {
        while let Ok((mut connection, _)) = listener.accept().await {
            let mut request = String::new();
            let mut bytes = [0; 4096];
            // A question is an object.
            while !request.contains("\r\n\r\n") || !request.ends_with('}') {
                let read = connection.read(&mut bytes).await.unwrap();
                assert!(read > 0, "cut off: {request}");
                request.push_str(&String::from_utf8_lossy(&bytes[..read]));
            }
            hears.lock().unwrap().push(request);
            let length = body.len();
            let answer = format!(
                "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
            );
            connection.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    (port, heard)
}

#[tokio::test]
async fn a_server_that_lets_nothing_through_is_away_and_one_that_does_not_understand_is_not() {
    for (status, body, kind) in [
        ("503 Service Unavailable", "{}", FaultKind::Unavailable),
        ("429 Too Many Requests", "{}", FaultKind::Unavailable),
        ("401 Unauthorized", "{}", FaultKind::Unavailable),
        ("403 Forbidden", "{}", FaultKind::Unavailable),
        ("404 Not Found", "{}", FaultKind::Unavailable),
        ("200 OK", "<html>a page of something between</html>", FaultKind::Unavailable),
        ("400 Bad Request", r#"{"error":{"type":"parsing_exception","reason":"what?"}}"#, FaultKind::Internal),
    ] {
        let (port, _) = answers(status, body).await;
        let server = Server::new(&format!("http://127.0.0.1:{port}").into(), "x-", 0).unwrap();
        let index = OpenSearchProducts::new(server, Arc::new(ManualClock::default()));
        let fault = index.search(&asked("lamp")).await.unwrap_err();
        assert_eq!(fault.kind(), kind, "{status}: {fault}");
    }
}

#[tokio::test]
async fn the_user_of_the_url_is_sent_and_never_told() {
    let (port, heard) = answers("401 Unauthorized", "{}").await;
    let server = Server::new(&format!("http://ada:s%40cret@127.0.0.1:{port}").into(), "x-", 0).unwrap();
    let index = OpenSearchProducts::new(server, Arc::new(ManualClock::default()));
    let refused = index.search(&asked("lamp")).await.unwrap_err();
    // `ada:s@cret`
    let sent = heard.lock().unwrap().concat().to_lowercase();
    assert!(sent.contains("authorization: basic ywrhonnay3jlda=="), "{sent}");
    let nobody = Server::new(&"http://ada:s%40cret@127.0.0.1:1".into(), "x-", 0).unwrap();
    let away = OpenSearchProducts::new(nobody, Arc::new(ManualClock::default()));
    let away_fault = away.search(&asked("lamp")).await.unwrap_err();
    for told in [refused.to_string(), away_fault.to_string(), format!("{index:?}"), format!("{away_fault:?}")] {
        assert!(!told.contains("cret"), "{told}");
    }
}

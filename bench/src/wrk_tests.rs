use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::routing::post;
use tokio::net::TcpListener;

use super::*;

fn request(kind: Kind, body: &str, expected: &str) -> Request {
    Request { kind, authorization: String::new(), body: body.to_owned(), expected: expected.to_owned() }
}

#[test]
fn a_result_is_read_with_its_first_wrong_answer() {
    let load = read("{\"requests\":200,\"micros\":2000000,\"p50\":1500,\"p95\":2500,\"p99\":9000,\"wrong\":2,\"failed\":1}\n200 for x")
        .expect("a result");
    assert_eq!(load.example, "200 for x");
    assert_eq!(load.outcome.errors, 3, "a wrong answer is an error, as no answer is");
    assert_eq!(load.outcome.latency, Latency { p50: 1.5, p95: 2.5, p99: 9.0 });
    assert!((load.outcome.per_second() - 100.0).abs() < 1e-9);
}

#[test]
fn a_load_without_an_answer_is_no_result() {
    let told = r#"{"requests":0,"micros":2000000,"p50":0,"p95":0,"p99":0,"wrong":0,"failed":9}"#;
    assert!(read(told).is_err());
    assert!(read("Segmentation fault").is_err());
}

#[test]
fn requests_are_lines_with_fields() {
    let told = lines(&[request(Kind::Exact, "a", "b"), request(Kind::Contains, "c", "d")]).expect("written");
    assert_eq!(told, "exact\t\ta\tb\ncontains\t\tc\td\n");
    assert!(lines(&[request(Kind::Exact, "a\tb", "c")]).is_err());
}

/// The script itself, where wrk is; `scripts/setup --test` installs it.
#[tokio::test(flavor = "multi_thread")]
async fn wrong_answers_are_counted_and_the_first_is_told() {
    if std::process::Command::new("wrk").arg("-v").output().is_err() {
        eprintln!("wrk is not installed, so its script is not tested");
        return;
    }
    // Every tenth answer is a fast wrong one.
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = asked.clone();
    let answer = move |body: String| async move {
        let turn = counter.fetch_add(1, Ordering::Relaxed);
        if turn % 10 == 9 { "{\"errors\":[]}".to_owned() } else { format!("{{\"asked\":{body}}}") }
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/graphql", listener.local_addr().expect("an address"));
    let server = tokio::spawn(axum::serve(listener, Router::new().route("/graphql", post(answer))).into_future());
    let folder = tempfile::tempdir().expect("a folder");
    let wish = [request(Kind::Exact, "1", "{\"asked\":1}"), request(Kind::Contains, "NUMBER", "asked\":")];
    let load = load(&url, &wish, 1, folder.path()).await.expect("a result");
    server.abort();
    let (wrong, all) = (load.outcome.errors, load.outcome.operations);
    // Of each connection one request may have been answered and not judged in the end.
    assert!(wrong > 0 && (10 * wrong).abs_diff(all) <= 12 * CONNECTIONS as u64, "{wrong} of {all}");
    assert!(
        load.example.starts_with("200 for ") && load.example.contains("answered: {\"errors\":[]}"),
        "{}",
        load.example
    );
}

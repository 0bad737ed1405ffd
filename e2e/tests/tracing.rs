//! What an operator sees of an order: one trace, a line for each request, and nothing secret in either.

use std::fs::File;
use std::path::Path;

use e2e::{Collector, Platform, data_dir, free_ports, techcorp};
use serde_json::{Value, json};

const PASSWORD: &str = "a horse that nobody logs";
const EMAIL: &str = "unlogged@example.org";

/// Signs up and in; what must not be found anywhere.
async fn secrets(platform: &Platform) -> Vec<String> {
    let register =
        "mutation($email: String!, $password: String!) { accountRegister(input: { email: $email, password: $password,
        displayName: \"Unlogged\" }) { accessToken refreshToken errors { __typename } } }";
    let login = json!({ "email": EMAIL, "password": PASSWORD });
    let made = platform.ask(None, register, login).await["accountRegister"].take();
    // Values in the text of the query, as a careless client sends them.
    let sign_in = format!(
        "mutation {{ sessionCreate(input: {{ email: \"{EMAIL}\", password: \"{PASSWORD}\" }}) {{ accessToken refreshToken errors {{ message }} }} }}"
    );
    let signed_in = platform.ask(None, &sign_in, json!({})).await["sessionCreate"].take();
    let refused = platform.ask(None, &sign_in.replace(PASSWORD, "wrong horse"), json!({})).await;
    assert!(refused["sessionCreate"]["accessToken"].is_null(), "{refused}");
    let mut secrets = vec![PASSWORD.to_owned(), EMAIL.to_owned(), "wrong horse".to_owned()];
    for answer in [&made, &signed_in] {
        for token in ["accessToken", "refreshToken"] {
            secrets.push(answer[token].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned());
        }
    }
    secrets
}

/// The lines about requests.
fn requests(log: &str) -> Vec<Value> {
    let lines = log.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    lines.filter(|line| line["target"] == "techcorp::request").map(|mut line| line["fields"].take()).collect()
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[tokio::test]
async fn an_order_is_one_trace_and_nothing_secret_is_told() {
    let (data, port) = (data_dir(), free_ports(0));
    let collector = Collector::start().await;
    let log = data.path().join("platform.log");
    let mut command = techcorp(data.path());
    command
        .env("OTEL_EXPORTER_OTLP_ENDPOINT", &collector.endpoint)
        .env("OTEL_BSP_SCHEDULE_DELAY", "100")
        .env("LOG_FORMAT", "json")
        .stderr(File::create(&log).unwrap());
    let platform = Platform::start_as(command, port).await;

    let mut secrets = secrets(&platform).await;
    let token = secrets[3].clone();
    let offer = platform.offer("arc-reading-lamp").await;
    let id = platform.buy(Some(&token), &offer.id, "tok_success").await;
    platform.order_when(Some(&token), &id, |order| order["stockStatus"] == "COMMITTED").await;
    secrets.extend(["tok_success".to_owned(), "ada@example.org".to_owned()]);
    let trace = collector.whole_order().await;

    // An id of the caller's is kept, in the answer and in the log; what is no id is not.
    let client = reqwest::Client::new();
    for (given, kept) in [("caller-7", true), ("{\"a\": 1}", false)] {
        let orders = format!("http://127.0.0.1:{}/graphql", port + 5);
        let request = client.post(orders).header("x-request-id", given).json(&json!({ "query": "{ __typename }" }));
        let answer = request.send().await.unwrap();
        assert_eq!(answer.headers()["x-request-id"] == given, kept, "{given}");
    }
    platform.stop().await;

    let (said, gateway) = (read(&log), read(&data.path().join("gateway.log")));
    let requests = requests(&said);
    let checkout = requests.iter().find(|line| line["operation"] == "mutation checkoutComplete");
    let checkout = checkout.unwrap_or_else(|| panic!("no line for the checkout in {requests:#?}"));
    assert_eq!((&checkout["service"], &checkout["trace_id"]), (&json!("orders"), &json!(trace)), "{checkout}");
    assert_eq!((&checkout["status"], &checkout["errors"]), (&json!(200), &json!(0)), "{checkout}");
    assert!(checkout["ms"].as_f64().unwrap() > 0.0 && checkout["request_id"].is_string(), "{checkout}");
    assert!(requests.iter().any(|line| line["request_id"] == "caller-7"), "{requests:#?}");
    assert!(
        !requests.iter().any(|line| line["operation"].as_str().unwrap().contains("/health")),
        "probes are no requests"
    );
    for secret in &secrets {
        assert!(!said.contains(secret.as_str()), "the log of the services has {secret}");
        assert!(!gateway.contains(secret.as_str()), "the log of the gateway has {secret}");
        assert!(!collector.has_seen(secret), "a span has {secret}");
    }
}

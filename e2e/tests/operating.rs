//! What operators do with the program, and what it says when they do it wrong.

use std::process::Output;

use e2e::{data_dir, techcorp};

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[tokio::test]
async fn a_value_may_lie_in_a_file_and_mistakes_with_it_are_named() {
    let data = data_dir();
    let file = data.path().join("url");
    std::fs::write(&file, "nonsense\n").unwrap();
    let serve = || {
        let mut command = techcorp(data.path());
        command.args(["serve", "users", "--port", "0"]);
        command
    };

    let output = serve().env("DATABASE_URL_FILE", &file).output().await.unwrap();
    assert!(!output.status.success());
    assert!(said(&output).contains("DATABASE_URL is malformed"), "the file's value was used: {}", said(&output));

    let output = serve().env("DATABASE_URL_FILE", &file).env("DATABASE_URL", "postgres://x/y").output().await.unwrap();
    assert!(!output.status.success());
    assert!(said(&output).contains("DATABASE_URL and DATABASE_URL_FILE are both set"), "{}", said(&output));

    let missing = data.path().join("missing");
    let output = serve().env("AMQP_URL_FILE", &missing).output().await.unwrap();
    assert!(!output.status.success());
    assert!(said(&output).contains("AMQP_URL_FILE: cannot read"), "{}", said(&output));

    let output = serve().env("DATABASE_URL", "").output().await.unwrap();
    assert!(!output.status.success());
    assert!(said(&output).contains("DATABASE_URL is not set"), "an empty value is none: {}", said(&output));
}

#[tokio::test]
async fn production_refuses_what_is_built_in_and_demo_accounts() {
    let data = data_dir();
    let production = |arguments: &[&str]| {
        let mut command = techcorp(data.path());
        command.args(arguments).env("APP_ENV", "production").env("DATABASE_URL", "postgres://x@127.0.0.1:1/y");
        command
    };
    let output = production(&["serve", "users", "--port", "0"]).output().await.unwrap();
    assert!(!output.status.success());
    assert!(said(&output).contains("not set: AMQP_URL, REDIS_URL, OPENSEARCH_URL"), "{}", said(&output));
    let output = production(&["import", "demo"]).output().await.unwrap();
    assert!(!output.status.success());
    assert!(said(&output).contains("password that everybody knows"), "{}", said(&output));
}

#[tokio::test]
async fn dead_letters_that_are_not_there_and_an_index_of_another_process_are_refused() {
    let data = data_dir();
    let run = async |arguments: &[&str]| techcorp(data.path()).args(arguments).output().await.unwrap();
    let output = run(&["dead-letters", "list"]).await;
    assert!(output.status.success() && said(&output).contains("0 dead letters"), "{}", said(&output));
    for verb in ["show", "replay", "discard"] {
        let output = run(&["dead-letters", verb, "7"]).await;
        assert!(!output.status.success(), "{verb}");
        assert!(said(&output).contains("no such dead letter"), "{verb}: {}", said(&output));
    }
    let output = run(&["search", "reindex"]).await;
    assert!(!output.status.success());
    assert!(said(&output).contains("OPENSEARCH_URL"), "{}", said(&output));
}

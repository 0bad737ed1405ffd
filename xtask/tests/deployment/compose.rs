//! docker-compose.yml says only what the programs understand: no machine with containers is needed to find a wrong name in it.

use super::interface::{GATEWAY, READDRESS, Subgraphs, owned, repository, service_variables};
use serde_yaml_ng::Value;

/// The file, with `<<` carried out.
fn compose() -> Value {
    let text = std::fs::read_to_string(repository("docker-compose.yml")).expect("docker-compose.yml");
    let mut parsed: Value = serde_yaml_ng::from_str(&text).expect("YAML");
    parsed.apply_merge().expect("merges");
    parsed
}

fn words(value: &Value) -> Vec<&str> {
    value.as_sequence().into_iter().flatten().filter_map(Value::as_str).collect()
}

/// What is wrong with one service of ours.
fn wrong(name: &str, service: &Value, subgraphs: &Subgraphs) -> Vec<String> {
    let mut found = Vec::new();
    let (known, probe) = match words(&service["command"]).as_slice() {
        ["serve", subgraph] => {
            if *subgraph != name {
                found.push(format!("{name} runs {subgraph}"));
            }
            match subgraphs.port(subgraph) {
                Some(port) => (service_variables(), Some(format!("http://127.0.0.1:{port}/health/ready"))),
                None => return vec![format!("{name}: there is no subgraph {subgraph}")],
            }
        }
        ["prepare"] => (service_variables(), None),
        ["readdress", ..] => (owned(READDRESS), None),
        [] => (owned(GATEWAY), Some("http://127.0.0.1:4000/readiness".to_owned())),
        other => return vec![format!("{name}: no command of ours: {other:?}")],
    };
    let environment = service["environment"].as_mapping().into_iter().flatten();
    for (variable, value) in environment.filter_map(|(variable, value)| Some((variable.as_str()?, value))) {
        if !known.iter().any(|known| known == variable) {
            found.push(format!("{name}: {variable} is not a variable of this program"));
        }
        if variable.ends_with("_FILE") {
            let secret = value.as_str().and_then(|path| path.strip_prefix("/run/secrets/")).unwrap_or_default();
            if !words(&service["secrets"]).contains(&secret) {
                found.push(format!("{name}: {variable} names {value:?}, which is not mounted"));
            }
        }
        for (subgraph, port) in value.as_str().map(addresses).unwrap_or_default() {
            if subgraphs.port(&subgraph).is_some_and(|right| right != port) {
                found.push(format!("{name}: {variable} asks {subgraph} on port {port}"));
            }
        }
    }
    let asks = words(&service["healthcheck"]["test"]).last().map(|url| (*url).to_owned());
    if asks != probe {
        found.push(format!("{name}: the health check asks {asks:?} instead of {probe:?}"));
    }
    found
}

/// `auth` and 4001 of `http://auth:4001/…`.
fn addresses(value: &str) -> Vec<(String, u16)> {
    let hosts = value.split("://").skip(1).filter_map(|rest| rest.split('/').next());
    hosts
        .filter_map(|host| host.split_once(':'))
        .filter_map(|(host, port)| Some((host.into(), port.parse().ok()?)))
        .collect()
}

fn ours(compose: &Value) -> Vec<(&str, &Value)> {
    let services = compose["services"].as_mapping().expect("services").iter();
    let named = services.filter_map(|(name, service)| Some((name.as_str()?, service)));
    named.filter(|(_, service)| service["image"].as_str().is_some_and(|image| image.starts_with("techcorp/"))).collect()
}

#[test]
fn it_says_only_what_the_programs_understand() {
    let (compose, subgraphs) = (compose(), Subgraphs::read());
    let found: Vec<String> =
        ours(&compose).into_iter().flat_map(|(name, service)| wrong(name, service, &subgraphs)).collect();
    assert!(found.is_empty(), "docker-compose.yml:\n{}", found.join("\n"));
}

#[test]
fn the_script_names_the_gateway_and_the_subgraphs_in_the_order_of_their_ports() {
    let script = std::fs::read_to_string(repository("scripts/distributed")).expect("scripts/distributed");
    let names = script.split_once("\nnames=(").and_then(|(_, rest)| rest.split_once(')')).expect("the names").0;
    let subgraphs = Subgraphs::read();
    let mut expected: Vec<&str> = subgraphs.names().collect();
    expected.sort_by_key(|name| subgraphs.port(name));
    expected.insert(0, "gateway");
    assert_eq!(names.split_whitespace().collect::<Vec<_>>(), expected);
}

#[test]
fn every_subgraph_is_served_and_the_gateway_waits_for_it() {
    let compose = compose();
    for subgraph in Subgraphs::read().names() {
        let command = words(&compose["services"][subgraph]["command"]);
        assert_eq!(command, ["serve", subgraph], "docker-compose.yml does not serve {subgraph}");
        let awaited = &compose["services"]["gateway"]["depends_on"][subgraph]["condition"];
        assert_eq!(awaited.as_str(), Some("service_healthy"), "the gateway does not wait for {subgraph}");
    }
}

#[test]
fn every_service_waits_for_the_database_to_be_prepared_with_two_secrets_only() {
    let compose = compose();
    for subgraph in Subgraphs::read().names() {
        let awaited = &compose["services"][subgraph]["depends_on"]["prepare"]["condition"];
        assert_eq!(awaited.as_str(), Some("service_completed_successfully"), "{subgraph} does not wait for prepare");
    }
    let prepare = &compose["services"]["prepare"];
    assert_eq!(words(&prepare["command"]), ["prepare"]);
    assert_eq!(words(&prepare["secrets"]), ["database_url", "amqp_url"]);
    let set: Vec<&str> =
        prepare["environment"].as_mapping().expect("variables").keys().filter_map(Value::as_str).collect();
    assert_eq!(set, ["APP_ENV", "LOG_FORMAT", "LOG_LEVEL", "DATABASE_URL_FILE", "AMQP_URL_FILE"]);
}

#[test]
fn what_is_mounted_exists_and_secrets_are_made() {
    let compose = compose();
    let script = std::fs::read_to_string(repository("scripts/compose-secrets")).expect("the script");
    for (name, secret) in compose["secrets"].as_mapping().expect("secrets") {
        let name = name.as_str().expect("a name");
        assert_eq!(secret["file"].as_str(), Some(format!(".data/compose/{name}").as_str()));
        let made = [format!("keep {name} "), format!("password_of {name}")];
        assert!(made.iter().any(|line| script.contains(line)), "scripts/compose-secrets does not make {name}");
    }
    for (name, service) in compose["services"].as_mapping().expect("services") {
        for volume in words(&service["volumes"]).into_iter().filter(|volume| volume.starts_with("./")) {
            let path = volume.split(':').next().expect("a path");
            assert!(repository(path).exists(), "{name:?} mounts {path}, which does not exist");
        }
    }
}

#[test]
fn prometheus_asks_every_subgraph_where_it_listens() {
    let text = std::fs::read_to_string(repository("deploy/prometheus/prometheus.yml")).expect("the file");
    let parsed: Value = serde_yaml_ng::from_str(&text).expect("YAML");
    let targets = parsed["scrape_configs"][0]["dns_sd_configs"].as_sequence().expect("targets").iter();
    let mut found: Vec<(String, u64)> = targets
        .map(|target| (words(&target["names"])[0].to_owned(), target["port"].as_u64().expect("a port")))
        .collect();
    found.sort();
    let subgraphs = Subgraphs::read();
    let expected: Vec<_> =
        subgraphs.names().map(|name| (name.to_owned(), u64::from(subgraphs.port(name).expect("a port")))).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_wrong_name_is_found() {
    let subgraphs = Subgraphs::read();
    let service = "
        command: [serve, orders]
        secrets: []
        environment: { DATABASE_URI: x, AMQP_URL_FILE: /run/secrets/amqp_url, JWKS_URL: 'http://auth:4002/keys' }
        healthcheck: { test: [CMD, curl, 'http://127.0.0.1:4006/health'] }";
    let found = wrong("order", &serde_yaml_ng::from_str(service).expect("YAML"), &subgraphs);
    for part in ["runs orders", "DATABASE_URI", "not mounted", "auth on port 4002", "health check asks"] {
        assert!(found.iter().any(|line| line.contains(part)), "{part}: {found:?}");
    }
    assert_eq!(found.len(), 5, "{found:?}");
    let unknown = serde_yaml_ng::from_str("command: [serve, reviews]").expect("YAML");
    assert_eq!(wrong("reviews", &unknown, &subgraphs), ["reviews: there is no subgraph reviews"]);
}

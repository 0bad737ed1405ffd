//! What the programs understand, for the tests that compare deploy/ with it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Variables of `techcorp readdress`.
pub const READDRESS: &[&str] = &["SUBGRAPH_HOST"];

/// Variables of the gateway (gateway/README.md).
pub const GATEWAY: &[&str] = &[
    "HOST",
    "PORT",
    "ROUTER_CONFIG_FILE_PATH",
    "SUPERGRAPH_FILE_PATH",
    "LOG_LEVEL",
    "LOG_FORMAT",
    "INTROSPECTION_ENABLED",
    "GRAPHIQL_DIR",
    "MEDIA_DIR",
    "RATE_LIMIT_PER_SECOND",
    "RATE_LIMIT_BURST",
    "TRUSTED_PROXIES",
];

/// Variables of the other commands, as the program's code lists them. Each may also be given as `NAME_FILE`: the path of a file
/// that holds the value.
pub fn service_variables() -> Vec<String> {
    let code = std::fs::read_to_string(repository("platform/src/environment.rs")).expect("environment.rs");
    let list = code.split_once("pub const VARIABLES").and_then(|(_, rest)| rest.split_once("];")).expect("the list").0;
    let names: Vec<&str> = list.split('"').skip(1).step_by(2).filter(|name| !READDRESS.contains(name)).collect();
    assert!(names.contains(&"DATABASE_URL"), "{names:?}");
    names.iter().flat_map(|name| [(*name).to_owned(), format!("{name}_FILE")]).collect()
}

/// The names as the others are compared with.
pub fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// A path in the repository.
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask/ lies in the repository").join(path)
}

/// The subgraphs and their ports, as their code says them.
pub struct Subgraphs(BTreeMap<String, u16>);

impl Subgraphs {
    pub fn read() -> Self {
        let mut found = BTreeMap::new();
        for entry in std::fs::read_dir(repository("subgraphs")).expect("subgraphs/") {
            let text = std::fs::read_to_string(entry.expect("an entry").path().join("src/lib.rs")).expect("lib.rs");
            let constant = |start: &str| {
                let rest = text.split_once(start).unwrap_or_else(|| panic!("no `{start}` in a lib.rs")).1;
                rest.split(';').next().expect("an end").trim_matches('"').to_owned()
            };
            let port = constant("pub const PORT: u16 = ").replace('_', "").parse().expect("a port");
            found.insert(constant("pub const NAME: &str = "), port);
        }
        assert!(!found.is_empty(), "no subgraph found");
        Self(found)
    }

    pub fn port(&self, name: &str) -> Option<u16> {
        self.0.get(name).copied()
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// Where metrics are counted.
const METERS: [&str; 5] = [
    "crates/messaging/src/meters.rs",
    "crates/resilience/src/outgoing/mod.rs",
    "crates/resilience/src/outgoing/breaker.rs",
    "platform/src/metrics.rs",
    "subgraphs/inventory/src/app/count.rs",
];

/// What services answer at `/metrics`, as their code names it.
pub fn metrics() -> Vec<String> {
    let mut found = Vec::new();
    for file in METERS {
        let code = std::fs::read_to_string(repository(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        for (macro_name, suffix) in [("counter!(\"", ""), ("gauge!(\"", ""), ("histogram!(\"", "_bucket")] {
            found.extend(
                code.split(macro_name).skip(1).filter_map(|rest| Some(format!("{}{suffix}", rest.split_once('"')?.0))),
            );
        }
    }
    assert!(found.len() > 8, "{found:?}");
    found
}

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
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    "TELEMETRY_TRACING_SAMPLING_RATE",
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
const METERED: [&str; 3] = ["crates", "platform/src", "subgraphs"];

/// Metrics of services by their names, with what makes each: `counter`, `gauge` or `histogram`.
pub fn named_metrics() -> BTreeMap<String, &'static str> {
    let mut found = BTreeMap::new();
    for folder in METERED {
        collect_metrics(&repository(folder), &mut found);
    }
    assert!(found.len() > 8, "{found:?}");
    found
}

fn collect_metrics(folder: &Path, found: &mut BTreeMap<String, &'static str>) {
    for entry in std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("an entry").path();
        if path.is_dir() && path.file_name().is_some_and(|name| name != "tests") {
            collect_metrics(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let code = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            for kind in ["counter", "gauge", "histogram"] {
                let call = format!("{kind}!(");
                let named = code.split(&call).skip(1).filter_map(|rest| rest.trim_start().strip_prefix('"'));
                found.extend(named.filter_map(|rest| Some((rest.split_once('"')?.0.to_owned(), kind))));
            }
        }
    }
}

/// What services answer at `/metrics`, as their code names it.
pub fn metrics() -> Vec<String> {
    let named = named_metrics().into_iter();
    named.map(|(name, kind)| if kind == "histogram" { format!("{name}_bucket") } else { name }).collect()
}

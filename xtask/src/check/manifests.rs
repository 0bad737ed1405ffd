//! Who may depend on whom, read from every Cargo.toml.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Finding;

/// What a shared crate never depends on, and why.
struct Never {
    crate_name: &'static str,
    names: &'static [&'static str],
    remedy: &'static str,
}

const GRAPHQL: [&str; 4] = ["async-graphql", "async-graphql-axum", "async-graphql-value", "gql"];

const SHARED: [Never; 9] = [
    Never {
        crate_name: "kernel",
        names: &["tokio", "tokio-util", "async-trait", "futures", "axum", "tower", "reqwest", "sqlx", "redis", "lapin"],
        remedy: "kernel is pure values: keep async and I/O in the crate that needs them",
    },
    Never {
        crate_name: "kernel",
        names: &GRAPHQL,
        remedy: "kernel knows no GraphQL: put the type's GraphQL form in gql",
    },
    Never {
        crate_name: "events",
        names: &["tokio", "tokio-util", "axum", "reqwest", "sqlx", "redis", "lapin"],
        remedy: "events is the contract only: sending and storing belong to messaging",
    },
    Never { crate_name: "events", names: &GRAPHQL, remedy: "events knows no GraphQL" },
    Never { crate_name: "messaging", names: &GRAPHQL, remedy: "messaging knows no GraphQL" },
    Never { crate_name: "resilience", names: &GRAPHQL, remedy: "resilience knows no GraphQL" },
    Never {
        crate_name: "resilience",
        names: &["events"],
        remedy: "resilience knows no events: take what it needs as parameters",
    },
    Never {
        crate_name: "gql",
        names: &["sqlx", "redis"],
        remedy: "gql neither stores nor caches: pass data in from the subgraph",
    },
    Never {
        crate_name: "chassis",
        names: &["events", "gql", "async-graphql", "async-graphql-axum", "async-graphql-value"],
        remedy: "chassis carries any service: hand it a router and workers instead",
    },
];

pub(crate) fn check(root: &Path, tree: &[PathBuf]) -> Result<Vec<Finding>> {
    let manifests: Vec<_> =
        tree.iter().filter(|file| file.ends_with("Cargo.toml") && file.components().count() <= 3).collect();
    let subgraphs: Vec<_> =
        manifests.iter().filter(|file| file.starts_with("subgraphs")).filter_map(|file| folder(file)).collect();
    let mut findings = Vec::new();
    for file in manifests {
        let text = fs::read_to_string(root.join(file)).with_context(|| format!("cannot read {}", file.display()))?;
        let manifest = DeTable::parse(&text).with_context(|| format!("{} is not valid TOML", file.display()))?;
        for dependency in dependencies(manifest.get_ref()) {
            let line = text[..dependency.span.start].lines().count().max(1)
                + usize::from(text[..dependency.span.start].ends_with('\n'));
            findings.extend(
                judge(file, &subgraphs, &dependency).map(|(rule, remedy)| Finding::error(file, line, rule, remedy)),
            );
        }
    }
    Ok(findings)
}

/// `orders` for `subgraphs/orders/Cargo.toml`: a package is called like its folder.
fn folder(manifest: &Path) -> Option<&str> {
    manifest.parent()?.file_name()?.to_str()
}

struct Dependency<'a> {
    name: &'a str,
    span: Range<usize>,
    for_tests: bool,
}

/// All dependencies of a manifest: plain, build, dev and per target.
fn dependencies<'a>(manifest: &'a DeTable<'a>) -> Vec<Dependency<'a>> {
    let mut tables = vec![manifest];
    if let Some(DeValue::Table(targets)) = get(manifest, "target") {
        tables.extend(targets.values().filter_map(|target| as_table(target.get_ref())));
    }
    let mut found = Vec::new();
    for table in tables {
        for section in ["dependencies", "build-dependencies", "dev-dependencies"] {
            let Some(DeValue::Table(entries)) = get(table, section) else {
                continue;
            };
            found.extend(entries.iter().map(|(key, value)| Dependency {
                name: package_name(key.get_ref(), value),
                span: key.span(),
                for_tests: section == "dev-dependencies",
            }));
        }
    }
    found
}

/// `x = { package = "y" }` is a dependency on y.
fn package_name<'a>(key: &'a str, value: &'a Spanned<DeValue<'a>>) -> &'a str {
    match as_table(value.get_ref()).and_then(|table| get(table, "package")) {
        Some(DeValue::String(renamed)) => renamed,
        _ => key,
    }
}

fn get<'a>(table: &'a DeTable<'a>, wanted: &str) -> Option<&'a DeValue<'a>> {
    table.iter().find(|(key, _)| key.get_ref() == wanted).map(|(_, value)| value.get_ref())
}

fn as_table<'a>(value: &'a DeValue<'a>) -> Option<&'a DeTable<'a>> {
    match value {
        DeValue::Table(table) => Some(table),
        _ => None,
    }
}

/// The rule and the remedy, when `dependency` may not be in `file`.
fn judge(file: &Path, subgraphs: &[&str], dependency: &Dependency<'_>) -> Option<(String, &'static str)> {
    let name = dependency.name;
    let package = folder(file)?;
    if file.starts_with("subgraphs") && subgraphs.contains(&name) && name != package {
        let remedy =
            "subgraphs meet in `events` and in federation entities: publish an event, or keep a copy of what you need";
        return Some((format!("subgraph {package} depends on subgraph {name}"), remedy));
    }
    if name == "testkit" && !dependency.for_tests {
        return Some((format!("{package} depends on testkit outside tests"), "move it to [dev-dependencies]"));
    }
    if !file.starts_with("crates") {
        return None;
    }
    if subgraphs.contains(&name) || name == "platform" {
        return Some((
            format!("shared crate {package} depends on {name}"),
            "turn it around: let the subgraph pass in what the crate needs",
        ));
    }
    if dependency.for_tests {
        return None;
    }
    let never = SHARED.iter().find(|never| never.crate_name == package && never.names.contains(&name))?;
    Some((format!("{package} depends on {name}"), never.remedy))
}

#[cfg(test)]
mod tests {
    use super::super::tests::messages;

    const ORDERS: (&str, &str) = ("subgraphs/orders/Cargo.toml", "[package]\nname = \"orders\"\n");

    #[test]
    fn a_subgraph_that_imports_another_is_refused_with_its_line() {
        let payments = "[package]\nname = \"payments\"\n\n[dependencies]\nserde = \"1\"\norders.workspace = true\n";
        assert_eq!(
            messages(&[ORDERS, ("subgraphs/payments/Cargo.toml", payments)]),
            [
                "subgraphs/payments/Cargo.toml:6: error: subgraph payments depends on subgraph orders; subgraphs meet in `events` and in federation \
              entities: publish an event, or keep a copy of what you need"
            ]
        );
    }

    #[test]
    fn renaming_testing_or_targeting_does_not_hide_a_subgraph() {
        for section in [
            "[dependencies]\nshop = { path = \"../orders\", package = \"orders\" }\n",
            "[dependencies.orders]\npath = \"../orders\"\n",
            "[dev-dependencies]\norders.workspace = true\n",
            "[target.'cfg(unix)'.dependencies]\norders.workspace = true\n",
        ] {
            assert_eq!(messages(&[ORDERS, ("subgraphs/payments/Cargo.toml", section)]).len(), 1, "{section}");
        }
    }

    #[test]
    fn shared_crates_never_see_subgraphs() {
        let found = messages(&[
            ORDERS,
            ("crates/testkit/Cargo.toml", "[dependencies]\norders = { path = \"../../subgraphs/orders\" }\n"),
        ]);
        assert_eq!(found.len(), 1);
        assert!(found[0].contains("shared crate testkit depends on orders"), "{}", found[0]);
    }

    #[test]
    fn each_shared_crate_keeps_to_its_sentence() {
        for (package, dependency) in [
            ("kernel", "tokio"),
            ("kernel", "async-graphql"),
            ("gql", "sqlx"),
            ("gql", "redis"),
            ("events", "lapin"),
            ("chassis", "events"),
        ] {
            let path = format!("crates/{package}/Cargo.toml");
            let manifest = format!("[dependencies]\n{dependency}.workspace = true\n");
            let found = messages(&[(path.as_str(), manifest.as_str())]);
            assert_eq!(found.len(), 1, "{package} {dependency}");
            assert!(found[0].contains(&format!("{package} depends on {dependency};")), "{}", found[0]);
        }
    }

    #[test]
    fn testkit_is_for_tests_only() {
        let normal = ("subgraphs/orders/Cargo.toml", "[dependencies]\ntestkit.workspace = true\n");
        let dev = ("subgraphs/orders/Cargo.toml", "[dev-dependencies]\ntestkit.workspace = true\n");
        assert_eq!(messages(&[normal]).len(), 1);
        assert_eq!(messages(&[dev]), Vec::<String>::new());
    }

    #[test]
    fn the_platform_may_see_every_subgraph() {
        let platform = ("platform/Cargo.toml", "[dependencies]\norders.workspace = true\n");
        assert_eq!(messages(&[ORDERS, platform]), Vec::<String>::new());
    }
}

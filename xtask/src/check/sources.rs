//! What each room of a subgraph may name.

use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use anyhow::{Context, Result};
use proc_macro2::{TokenStream, TokenTree};

use super::Finding;

/// A room that never names some crates.
struct Never {
    room: &'static str,
    crates: &'static [&'static str],
    remedy: &'static str,
}

const NO_GRAPHQL: &str = "only src/graphql speaks GraphQL: return a domain type and convert it there";

const ROOMS: [Never; 5] = [
    Never { room: "domain", crates: &["async_graphql"], remedy: NO_GRAPHQL },
    Never { room: "app", crates: &["async_graphql"], remedy: NO_GRAPHQL },
    Never { room: "store", crates: &["async_graphql"], remedy: NO_GRAPHQL },
    Never {
        room: "graphql",
        crates: &["sqlx"],
        remedy: "src/graphql never reaches the database: call a use case in src/app",
    },
    Never {
        room: "domain",
        crates: &["sqlx", "tokio"],
        remedy: "the domain is pure: do the I/O in src/app or src/store and pass values in",
    },
];

pub(crate) fn check(root: &Path, tree: &[PathBuf]) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for file in tree {
        let Some(room) = room(file) else { continue };
        let rules: Vec<_> = ROOMS.iter().filter(|never| never.room == room).collect();
        if rules.is_empty() {
            continue;
        }
        let text = fs::read_to_string(root.join(file)).with_context(|| format!("cannot read {}", file.display()))?;
        let tokens = match TokenStream::from_str(&text) {
            Ok(tokens) => tokens,
            Err(error) => {
                findings.push(Finding::error(
                    file,
                    error.span().start().line,
                    "not valid Rust",
                    "fix what the compiler reports",
                ));
                continue;
            }
        };
        let mut names = Vec::new();
        identifiers(tokens, &mut names);
        for never in rules {
            // The first mention is enough: the others go with it.
            if let Some((name, line)) = names.iter().find(|(name, _)| never.crates.contains(&name.as_str())) {
                findings.push(Finding::error(file, *line, format!("src/{room} names {name}"), never.remedy));
            }
        }
    }
    Ok(findings)
}

/// `store` for `subgraphs/orders/src/store/carts.rs` and for `subgraphs/orders/src/store.rs`.
fn room(file: &Path) -> Option<&str> {
    if file.extension()? != "rs" {
        return None;
    }
    let inside = file.strip_prefix("subgraphs").ok()?;
    let mut parts = inside.iter().skip(1);
    if parts.next()? != "src" {
        return None;
    }
    let first = parts.next()?.to_str()?;
    Some(first.strip_suffix(".rs").unwrap_or(first))
}

/// Every identifier with its line. Comments and strings are not identifiers, macro arguments are.
fn identifiers(tokens: TokenStream, found: &mut Vec<(String, usize)>) {
    for token in tokens {
        match token {
            TokenTree::Ident(name) => found.push((name.to_string(), name.span().start().line)),
            TokenTree::Group(group) => identifiers(group.stream(), found),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::messages;

    #[test]
    fn a_room_that_names_a_forbidden_crate_is_refused_with_its_line() {
        assert_eq!(
            messages(&[(
                "subgraphs/orders/src/app/place.rs",
                "use kernel::Money;\n\nfn f() -> async_graphql::Result<()> { Ok(()) }\n"
            )]),
            [
                "subgraphs/orders/src/app/place.rs:3: error: src/app names async_graphql; only src/graphql speaks GraphQL: return a domain type and \
              convert it there"
            ]
        );
    }

    #[test]
    fn every_room_has_its_rule() {
        for (path, text) in [
            ("subgraphs/orders/src/domain/order.rs", "use async_graphql::Enum;"),
            ("subgraphs/orders/src/domain/order.rs", "use sqlx::PgConnection;"),
            ("subgraphs/orders/src/domain/order.rs", "use tokio::time;"),
            ("subgraphs/orders/src/domain.rs", "use tokio::time;"),
            ("subgraphs/orders/src/store/mod.rs", "use async_graphql::ID;"),
            ("subgraphs/orders/src/graphql/types/order.rs", "fn f() { let q = sqlx::query(\"select 1\"); }"),
        ] {
            assert_eq!(messages(&[(path, text)]).len(), 1, "{path}: {text}");
        }
    }

    #[test]
    fn comments_strings_and_other_rooms_may_say_the_word() {
        let files = [
            (
                "subgraphs/orders/src/domain/order.rs",
                "//! Kept free of sqlx.\n/* tokio */ const A: &str = \"async_graphql\";",
            ),
            ("subgraphs/orders/src/store/mod.rs", "use sqlx::PgConnection;"),
            ("subgraphs/orders/src/graphql/mod.rs", "use async_graphql::Object;"),
            ("subgraphs/orders/src/lib.rs", "use {async_graphql as _, sqlx as _};"),
            ("crates/messaging/src/store/outbox.rs", "use async_graphql as _;"),
        ];
        assert_eq!(messages(&files), Vec::<String>::new());
    }

    #[test]
    fn a_file_that_is_not_rust_is_reported_and_not_skipped() {
        let found = messages(&[("subgraphs/orders/src/domain/order.rs", "fn f( {\n")]);
        assert_eq!(found.len(), 1);
        assert!(found[0].contains("not valid Rust"), "{}", found[0]);
    }
}

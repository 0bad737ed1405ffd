//! `cargo xtask new-subgraph NAME`: a subgraph that compiles and composes at once, in the shape all have.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

use crate::workspace::Workspace;

macro_rules! templates {
    ($($path:literal <- $file:literal),+ $(,)?) => {
        [$(($path, include_str!(concat!("../templates/subgraph/", $file)))),+]
    };
}

/// Where each file goes below the subgraph's folder, and what it is made from.
const TEMPLATES: [(&str, &str); 11] = templates![
    "Cargo.toml" <- "Cargo.toml.tmpl",
    "README.md" <- "README.md.tmpl",
    "migrations/1001_@NAME@.sql" <- "migration.sql.tmpl",
    "src/lib.rs" <- "lib.rs.tmpl",
    "src/app/mod.rs" <- "app.rs.tmpl",
    "src/domain/mod.rs" <- "domain.rs.tmpl",
    "src/store/mod.rs" <- "store.rs.tmpl",
    "src/graphql/mod.rs" <- "graphql.rs.tmpl",
    "src/graphql/query.rs" <- "query.rs.tmpl",
    "src/consumers/mod.rs" <- "consumers.rs.tmpl",
    "tests/behaviour/main.rs" <- "behaviour.rs.tmpl",
];
const FIRST_PORT: u16 = 4001;
/// Words that cannot be the name of a crate, or not that of a schema without quotes.
const RESERVED: [&str; 37] = [
    "all", "and", "any", "array", "as", "asc", "async", "await", "bus", "case", "check", "column", "const", "crate",
    "default", "desc", "do", "else", "end", "false", "for", "grant", "group", "in", "limit", "match", "mod", "move",
    "not", "offset", "or", "order", "table", "true", "type", "user", "with",
];

fn fill(template: &str, name: &str, port: u16) -> String {
    template.replace("@NAME@", name).replace("@PORT@", &port.to_string())
}

fn valid(name: &str) -> Result<()> {
    let right = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    ensure!(right, "`{name}` cannot name a subgraph; use lower-case letters and digits, a letter first: `reviews`");
    ensure!(
        !RESERVED.contains(&name),
        "`{name}` means something to Rust or to SQL; choose a word that does not: `{name}s`"
    );
    Ok(())
}

/// Whether the workspace's manifest has a dependency of this name already: a second one would break it.
fn is_dependency(manifest: &str, name: &str) -> bool {
    manifest.lines().any(|line| line.split(['=', '.']).next().is_some_and(|key| key.trim() == name))
}

/// The lowest port that none of these sources of `lib.rs` takes.
fn free_port<'a>(sources: impl Iterator<Item = &'a str>) -> Result<u16> {
    let taken: Vec<u16> = sources
        .flat_map(str::lines)
        .filter_map(|line| line.trim().strip_prefix("pub const PORT: u16 = ")?.strip_suffix(';')?.parse().ok())
        .collect();
    (FIRST_PORT..5000).find(|port| !taken.contains(port)).context("no port below 5000 is free")
}

/// `text` with `line` after the last line that `is_before` holds for.
fn insert_after(text: &str, line: &str, is_before: impl Fn(&str) -> bool) -> Result<String> {
    let mut lines: Vec<&str> = text.lines().collect();
    let place =
        lines.iter().rposition(|line| is_before(line)).context("no place for the registration; add it by hand")?;
    lines.insert(place + 1, line);
    Ok(lines.join("\n") + "\n")
}

fn in_workspace(text: &str, name: &str) -> Result<String> {
    insert_after(text, &format!("{name} = {{ path = \"subgraphs/{name}\" }}"), |l| l.contains("{ path = \"subgraphs/"))
}

fn in_export(text: &str, name: &str) -> Result<String> {
    insert_after(text, &format!("{name}.workspace = true"), |l| {
        l.ends_with(".workspace = true") && !l.starts_with("serde_json") && !l.contains("version")
    })
}

fn in_list(text: &str, name: &str) -> Result<String> {
    let start = text.rfind("list![").context("subgraphs.rs has no list![…]; add the subgraph by hand")?;
    let end = start + text[start..].find(']').context("list![ is not closed")?;
    Ok(format!("{}, {name}{}", text[..end].trim_end().trim_end_matches(','), &text[end..]))
}

pub(crate) fn run(workspace: &Workspace, name: &str) -> Result<()> {
    valid(name)?;
    let root = &workspace.root;
    for parent in ["crates", "subgraphs", "."] {
        if root.join(parent).join(name).exists() {
            bail!("`{name}` is taken by {parent}/{name}; choose another name");
        }
    }
    let manifest = fs::read_to_string(root.join("Cargo.toml")).context("cannot read Cargo.toml")?;
    ensure!(!is_dependency(&manifest, name), "`{name}` is the name of a dependency; choose another name");
    let mut sources = Vec::new();
    for entry in fs::read_dir(root.join("subgraphs"))? {
        let lib = entry?.path().join("src/lib.rs");
        if lib.is_file() {
            sources.push(fs::read_to_string(lib)?);
        }
    }
    let port = free_port(sources.iter().map(String::as_str))?;
    // All edits are made before anything is written: a list that cannot be edited leaves nothing behind.
    let edit = |path: &str, change: fn(&str, &str) -> Result<String>| -> Result<_> {
        let path = root.join(path);
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        Ok((path.clone(), change(&text, name).with_context(|| path.display().to_string())?))
    };
    let edits = [
        edit("Cargo.toml", in_workspace)?,
        edit("xtask/export/Cargo.toml", in_export)?,
        edit("xtask/export/src/subgraphs.rs", in_list)?,
    ];
    write(root, name, port)?;
    for (path, text) in edits {
        fs::write(path, text)?;
    }
    eprintln!(
        "subgraphs/{name} listens on {port}. Next:\n  start it in platform/src/services/\n  run it in docker-compose.yml, deploy/prometheus/prometheus.yml and deploy/helm/techcorp/values.yaml\n  cargo xtask sqlx {name}\n  \
         cargo xtask schema\n  make test"
    );
    Ok(())
}

fn write(root: &Path, name: &str, port: u16) -> Result<()> {
    for (path, template) in TEMPLATES {
        let path = root.join("subgraphs").join(name).join(fill(path, name, port));
        fs::create_dir_all(path.parent().context("a file has a folder")?)?;
        fs::write(&path, fill(template, name, port)).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_lower_case_letters_and_digits() {
        for good in ["reviews", "b2b"] {
            valid(good).expect(good);
        }
        for bad in ["", "Reviews", "2b", "gift-cards", "gift_cards", "../x"] {
            let error = valid(bad).expect_err(bad).to_string();
            assert!(error.contains("use lower-case letters"), "{error}");
        }
        for reserved in ["order", "type", "bus"] {
            let error = valid(reserved).expect_err(reserved).to_string();
            assert!(error.contains("choose a word"), "{error}");
        }
    }

    #[test]
    fn a_dependencys_name_is_taken() {
        let manifest =
            "[workspace.dependencies]\ntime = { version = \"0.3\" }\nserde_json = \"1\"\naxum.workspace = true\n";
        for taken in ["time", "serde_json", "axum"] {
            assert!(is_dependency(manifest, taken), "{taken}");
        }
        assert!(!is_dependency(manifest, "reviews") && !is_dependency(manifest, "serde"));
    }

    #[test]
    fn the_lowest_free_port_is_taken() {
        let at = |port| format!("pub const PORT: u16 = {port};\n");
        let sources = [at(4001), at(4003)];
        assert_eq!(free_port(sources.iter().map(String::as_str)).expect("a port"), 4002);
    }

    #[test]
    fn registrations_go_behind_the_subgraphs_that_are_there() {
        let manifest = "search = { path = \"subgraphs/search\" }\n\n# Next.\n";
        assert_eq!(
            in_workspace(manifest, "reviews").expect("a place"),
            "search = { path = \"subgraphs/search\" }\nreviews = { path = \"subgraphs/reviews\" }\n\n# Next.\n"
        );
        let export = "version.workspace = true\n[dependencies]\nusers.workspace = true\nanyhow = \"1\"\nserde_json.workspace = true\n\n[lints]\nworkspace = true\n";
        assert!(
            in_export(export, "reviews")
                .expect("a place")
                .contains("users.workspace = true\nreviews.workspace = true\nanyhow")
        );
        assert_eq!(
            in_list("    list![auth, users]\n}\n", "reviews").expect("a list"),
            "    list![auth, users, reviews]\n}\n"
        );
        assert!(in_list("nothing", "reviews").is_err());
    }

    #[test]
    fn what_is_written_has_no_placeholder_and_passes_the_layout_check() {
        let dir = tempfile::tempdir().expect("a folder");
        write(dir.path(), "reviews", 4009).expect("written");
        crate::check::run(dir.path()).expect("nothing to report");
        for (path, template) in TEMPLATES {
            let text = fs::read_to_string(dir.path().join("subgraphs/reviews").join(fill(path, "reviews", 4009)));
            assert_eq!(text.expect(path), fill(template, "reviews", 4009));
            assert!(!fill(template, "reviews", 4009).contains('@'), "{path}");
        }
    }
}

//! Sizes and names of source files.

use std::fs;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result};

use super::Finding;

/// Where our own code is; nothing else is looked at.
const CODE: [&str; 8] = ["crates", "subgraphs", "platform", "bench", "gateway", "e2e", "xtask", "clients"];
/// Folders that hold what a tool made.
const MADE: [&str; 7] = ["target", "node_modules", "dist", "build", "generated", "__generated__", "coverage"];
const EXTENSIONS: [&str; 6] = ["rs", "ts", "tsx", "js", "mjs", "sql"];
const VAGUE: [&str; 6] = ["utils", "util", "common", "helpers", "helper", "misc"];

const LIMIT: usize = 500;
const LONG: usize = 250;

/// Every file below the code folders, relative to `root`, in order. Hidden and generated folders are left out.
pub(crate) fn walk(root: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut pending: Vec<PathBuf> = CODE.iter().map(PathBuf::from).filter(|dir| root.join(dir).is_dir()).collect();
    while let Some(dir) = pending.pop() {
        let entries = fs::read_dir(root.join(&dir)).with_context(|| format!("cannot read {}", dir.display()))?;
        for entry in entries {
            let entry = entry.with_context(|| format!("cannot read {}", dir.display()))?;
            let kind = entry.file_type().with_context(|| format!("cannot read {}", entry.path().display()))?;
            let name = entry.file_name();
            let shown = name.to_string_lossy();
            if kind.is_dir() && !shown.starts_with('.') && !MADE.contains(&shown.as_ref()) {
                pending.push(dir.join(name));
            } else if kind.is_file() {
                found.push(dir.join(name));
            }
        }
    }
    found.sort();
    Ok(found)
}

pub(crate) fn check(root: &Path, tree: &[PathBuf]) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for file in tree.iter().filter(|file| is_source(file)) {
        let text = fs::read_to_string(root.join(file)).with_context(|| format!("cannot read {}", file.display()))?;
        findings.extend(size(file, &text));
        findings.extend(vague_name(file));
    }
    Ok(findings)
}

fn is_source(file: &Path) -> bool {
    file.extension().is_some_and(|extension| EXTENSIONS.iter().any(|known| extension == *known))
}

fn size(file: &Path, text: &str) -> Option<Finding> {
    let lines = text.lines().count();
    if lines > LIMIT && !text.lines().take(5).any(gives_reason) {
        let remedy = "split it by what its parts do, or say why not in its first five lines: `// long: reason`";
        return Some(Finding::error(file, LIMIT + 1, format!("{lines} lines, more than {LIMIT}"), remedy));
    }
    let is_long = lines > LONG && lines <= LIMIT;
    is_long.then(|| {
        Finding::warning(file, LONG + 1, format!("{lines} lines"), "about 150 is the habit here; can it be two files?")
    })
}

fn gives_reason(line: &str) -> bool {
    line.split_once("long:").is_some_and(|(_, reason)| !reason.trim().is_empty())
}

fn vague_name(file: &Path) -> Option<Finding> {
    let stem = file.with_extension("");
    let vague = stem.components().find_map(|component| match component {
        Component::Normal(name) => VAGUE.into_iter().find(|vague| name == *vague),
        _ => None,
    })?;
    let rule = format!("`{vague}` says nothing about what is inside");
    Some(Finding::error(
        file,
        1,
        rule,
        "name the file or folder after what it holds, or move the code to where it is used",
    ))
}

#[cfg(test)]
mod tests {
    use super::super::tests::messages;

    #[test]
    fn a_file_over_the_limit_needs_a_reason() {
        let body = "// line\n".repeat(500);
        let (silent, reasoned, empty) =
            (format!("//! Module.\n{body}"), format!("// long: one table\n{body}"), format!("// long:\n{body}"));
        assert_eq!(
            messages(&[("crates/gql/src/lib.rs", silent.as_str())]),
            [
                "crates/gql/src/lib.rs:501: error: 501 lines, more than 500; split it by what its parts do, or say why not in its first five \
              lines: `// long: reason`"
            ]
        );
        assert_eq!(messages(&[("crates/gql/src/lib.rs", reasoned.as_str())]), Vec::<String>::new());
        assert_eq!(messages(&[("crates/gql/src/lib.rs", empty.as_str())]).len(), 1);
    }

    #[test]
    fn vague_file_and_folder_names_are_refused() {
        for path in [
            "crates/gql/src/utils.rs",
            "subgraphs/orders/src/helpers/mod.rs",
            "clients/web/lib/misc.ts",
            "e2e/tests/common/mod.rs",
        ] {
            let found = messages(&[(path, "")]);
            assert_eq!(found.len(), 1, "{path}");
            assert!(found[0].contains("says nothing about what is inside"), "{}", found[0]);
        }
    }

    #[test]
    fn a_name_that_only_contains_a_vague_word_is_fine() {
        assert_eq!(messages(&[("crates/gql/src/common_era.rs", "")]), Vec::<String>::new());
    }

    #[test]
    fn generated_hidden_and_foreign_files_are_not_looked_at() {
        let long = "// line\n".repeat(501);
        let files = [
            ("gateway/target/debug/a.rs", long.as_str()),
            ("clients/web/node_modules/x/utils.js", ""),
            ("clients/web/.next/utils.js", ""),
            ("docs/utils/a.rs", ""),
            ("crates/gql/README.md", long.as_str()),
        ];
        assert_eq!(messages(&files), Vec::<String>::new());
    }
}

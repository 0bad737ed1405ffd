//! `cargo xtask check`: the layout rules of docs/decisions/0001-workspace-layout.md, as code.

mod examples;
mod files;
mod manifests;
mod migrations;
mod sources;

use std::fmt;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

/// One broken rule, with what to do about it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    /// Relative to the repository root.
    file: PathBuf,
    line: usize,
    severity: Severity,
    rule: String,
    remedy: String,
}

#[derive(Debug, PartialEq, Eq, Clone, Copy)]
enum Severity {
    Error,
    Warning,
}

impl Finding {
    fn error(file: &Path, line: usize, rule: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { file: file.into(), line, severity: Severity::Error, rule: rule.into(), remedy: remedy.into() }
    }

    fn warning(file: &Path, line: usize, rule: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(file, line, rule, remedy) }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(f, "{}:{}: {severity}: {}; {}", self.file.display(), self.line, self.rule, self.remedy)
    }
}

/// Prints every finding; fails when one is an error.
pub(crate) fn run(root: &Path) -> Result<()> {
    let findings = check(root)?;
    for finding in &findings {
        eprintln!("{finding}");
    }
    match findings.iter().filter(|finding| finding.severity == Severity::Error).count() {
        0 => Ok(()),
        1 => bail!("one layout rule is broken"),
        errors => bail!("{errors} layout rules are broken"),
    }
}

fn check(root: &Path) -> Result<Vec<Finding>> {
    let tree = files::walk(root)?;
    let mut findings = manifests::check(root, &tree)?;
    findings.extend(sources::check(root, &tree)?);
    findings.extend(files::check(root, &tree)?);
    findings.extend(migrations::check(root, &tree)?);
    findings.extend(examples::check(root, &tree)?);
    findings.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    Ok(findings)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// A repository of the given files in a temporary folder.
    pub(super) fn tree(files: &[(&str, &str)]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().expect("a temporary folder");
        for (path, text) in files {
            let path = dir.path().join(path);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        dir
    }

    /// What `check` says about such a repository, one line per finding.
    pub(super) fn messages(files: &[(&str, &str)]) -> Vec<String> {
        let dir = tree(files);
        check(dir.path()).expect("a readable tree").iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_clean_tree_passes() {
        let dir = tree(&[
            ("crates/kernel/Cargo.toml", "[package]\nname = \"kernel\"\n[dependencies]\nserde.workspace = true\n"),
            ("crates/kernel/src/lib.rs", "pub struct Money;\n"),
        ]);
        run(dir.path()).expect("nothing to report");
    }

    #[test]
    fn an_error_fails_the_run_and_a_warning_does_not() {
        let long = "// line\n".repeat(300);
        run(tree(&[("crates/kernel/src/lib.rs", long.as_str())]).path()).expect("a warning only");
        let too_long = "// line\n".repeat(501);
        let error = run(tree(&[("crates/kernel/src/lib.rs", too_long.as_str())]).path()).expect_err("an error");
        assert_eq!(error.to_string(), "one layout rule is broken");
    }

    #[test]
    fn findings_come_in_the_order_of_files_and_lines() {
        let found = messages(&[
            ("subgraphs/orders/src/store/b.rs", "use sqlx::query;\n\nuse async_graphql::ID;\n"),
            ("subgraphs/orders/src/domain/a.rs", "use sqlx::query;\n"),
        ]);
        let places: Vec<_> = found.iter().map(|line| line.split(": ").next().unwrap_or_default()).collect();
        assert_eq!(places, ["subgraphs/orders/src/domain/a.rs:1", "subgraphs/orders/src/store/b.rs:3"]);
    }
}

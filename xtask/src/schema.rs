//! `cargo xtask schema`: generates schema/ from the subgraphs' code, or checks that what is committed is what they generate.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::process::{cargo, command, run as run_command};
use crate::workspace::Workspace;

/// Folders of schema/ in which a file that is no longer generated is removed.
const OWNED: [(&str, &str); 2] = [("subgraphs", "graphql"), ("events", "json")];

/// `exporter` is the built program that writes the SDL, when it is known to be fresh; otherwise Cargo builds it.
pub(crate) async fn run(workspace: &Workspace, check: bool, exporter: Option<&Path>) -> Result<()> {
    let staging = tempfile::tempdir().context("cannot create a temporary folder")?;
    generate(workspace, staging.path(), exporter).await?;
    let fresh = read(&staging.path().join("schema"))?;
    let committed_dir = workspace.root.join("schema");
    let stale = stale(&fresh, &read(&committed_dir)?);
    if check {
        if stale.is_empty() {
            return Ok(());
        }
        let names: Vec<_> = stale.iter().map(|file| format!("  schema/{}", file.display())).collect();
        bail!("the committed schema is stale; run `cargo xtask schema` and commit:\n{}", names.join("\n"));
    }
    for file in stale {
        put(&committed_dir.join(&file), fresh.get(&file))?;
        eprintln!("schema/{}", file.display());
    }
    // The clients' documents and types follow the schema.
    let clients = workspace.root.join("clients");
    install(&clients).await?;
    run_command(command("npm", &["run", "generate", "--silent"], &clients)).await
}

async fn generate(workspace: &Workspace, staging: &Path, exporter: Option<&Path>) -> Result<()> {
    let staged = staging.to_str().context("the temporary folder's name is not UTF-8")?;
    let export = match exporter {
        Some(built) => command(built.to_str().context("the exporter's path is not UTF-8")?, &[staged], &workspace.root),
        None => cargo(&["run", "--quiet", "--package", "schema-export", "--", staged], &workspace.root),
    };
    run_command(export).await?;
    let compose = workspace.root.join("xtask/compose");
    install(&compose).await?;
    let mut node = command("node", &["compose.mjs"], &compose);
    node.arg(staging.join("subgraphs.json")).arg(staging.join("schema"));
    run_command(node).await
}

/// Installs a folder's npm packages when they are missing or its lock file is newer.
pub(crate) async fn install(folder: &Path) -> Result<()> {
    let modified = |file: &str| fs::metadata(folder.join(file)).and_then(|meta| meta.modified()).ok();
    let installed = modified("node_modules/.package-lock.json");
    if installed.is_some() && installed >= modified("package-lock.json") {
        return Ok(());
    }
    run_command(command("npm", &["ci", "--no-audit", "--no-fund", "--loglevel=error"], folder)).await
}

/// Every file below `dir`, relative to it.
fn read(dir: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let mut files = BTreeMap::new();
    let mut pending = vec![PathBuf::new()];
    while let Some(below) = pending.pop() {
        let Ok(entries) = fs::read_dir(dir.join(&below)) else {
            continue;
        };
        for entry in entries {
            let entry = entry.with_context(|| format!("cannot read {}", dir.display()))?;
            let relative = below.join(entry.file_name());
            if entry.path().is_dir() {
                pending.push(relative);
            } else {
                let bytes =
                    fs::read(entry.path()).with_context(|| format!("cannot read {}", entry.path().display()))?;
                files.insert(relative, bytes);
            }
        }
    }
    Ok(files)
}

/// What differs: generated files that are missing or different, and files of the owned folders that nothing generates any more.
fn stale(fresh: &BTreeMap<PathBuf, Vec<u8>>, committed: &BTreeMap<PathBuf, Vec<u8>>) -> Vec<PathBuf> {
    let changed = fresh.iter().filter(|(file, bytes)| committed.get(*file) != Some(*bytes)).map(|(file, _)| file);
    let orphaned = committed.keys().filter(|file| is_owned(file) && !fresh.contains_key(*file));
    let mut files: Vec<_> = changed.chain(orphaned).cloned().collect();
    files.sort();
    files
}

fn is_owned(file: &Path) -> bool {
    OWNED.iter().any(|(folder, extension)| {
        file.starts_with(folder) && file.extension().is_some_and(|found| found == *extension)
    })
}

fn put(file: &Path, bytes: Option<&Vec<u8>>) -> Result<()> {
    let Some(bytes) = bytes else {
        return fs::remove_file(file).with_context(|| format!("cannot remove {}", file.display()));
    };
    let parent = file.parent().context("a file has a folder")?;
    fs::create_dir_all(parent).with_context(|| format!("cannot create {}", parent.display()))?;
    fs::write(file, bytes).with_context(|| format!("cannot write {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(list: &[(&str, &str)]) -> BTreeMap<PathBuf, Vec<u8>> {
        list.iter().map(|(path, text)| (path.into(), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn equal_trees_have_nothing_stale() {
        let tree = files(&[("api.graphql", "a"), ("events/x.v1.json", "{}")]);
        assert_eq!(stale(&tree, &tree), Vec::<PathBuf>::new());
    }

    #[test]
    fn changed_missing_and_orphaned_files_are_stale() {
        let fresh = files(&[("api.graphql", "new"), ("subgraphs/a.graphql", "a")]);
        let committed = files(&[("api.graphql", "old"), ("subgraphs/gone.graphql", "b")]);
        assert_eq!(
            stale(&fresh, &committed),
            ["api.graphql", "subgraphs/a.graphql", "subgraphs/gone.graphql"].map(PathBuf::from)
        );
    }

    #[test]
    fn a_hand_written_file_beside_the_generated_ones_is_left_alone() {
        assert_eq!(stale(&files(&[]), &files(&[("README.md", "x"), ("events/README.md", "x")])), Vec::<PathBuf>::new());
    }

    #[test]
    fn writing_then_reading_gives_the_same_tree_and_removes_orphans() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let fresh = files(&[("api.graphql", "new"), ("events/a.v1.json", "{}")]);
        put(&dir.path().join("events/gone.v1.json"), Some(&b"{}".to_vec())).expect("written");
        for file in stale(&fresh, &read(dir.path()).expect("readable")) {
            put(&dir.path().join(&file), fresh.get(&file)).expect("written");
        }
        assert_eq!(read(dir.path()).expect("readable"), fresh);
    }
}

//! Clippy of a workspace whose dependencies are built anyway.
//!
//! `cargo clippy` checks dependencies instead of building them, and nothing of that is of use to the build that follows. For the
//! router's hundreds of crates it costs minutes. Here Clippy's compiler looks at our crates in an ordinary build, whose dependencies
//! the next step finds ready.

use std::path::Path;

use anyhow::Result;

use crate::process::{cargo, run as run_command};

/// How `cargo clippy -- -D warnings` hands its arguments to the compiler.
const DENY_WARNINGS: &str = "-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__";

/// Builds the workspace in `dir` into `target`; a warning of Clippy fails it.
pub(crate) async fn while_building(dir: &Path, target: &Path) -> Result<()> {
    let mut build = cargo(&["build", "--quiet", "--all-targets"], dir);
    build
        .env("RUSTC_WORKSPACE_WRAPPER", "clippy-driver")
        .env("CLIPPY_ARGS", DENY_WARNINGS)
        .env("CARGO_TARGET_DIR", target);
    run_command(build).await
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A package without dependencies, in a temporary folder.
    fn package(source: &str) -> tempfile::TempDir {
        let dir = tempfile::tempdir().expect("a folder");
        let manifest = "[workspace]\n[package]\nname = \"probe\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
        std::fs::write(dir.path().join("Cargo.toml"), manifest).expect("written");
        std::fs::create_dir(dir.path().join("src")).expect("a folder");
        std::fs::write(dir.path().join("src/lib.rs"), source).expect("written");
        dir
    }

    #[tokio::test]
    async fn what_clippy_would_warn_of_fails_the_build() {
        let dir = package("#[cfg(test)]\npub fn empty(of: &[u8]) -> bool {\n    of.len() == 0\n}\n");
        let error = while_building(dir.path(), &dir.path().join("target")).await.expect_err("len_zero");
        assert!(error.to_string().contains("`cargo build"), "{error}");
    }

    #[tokio::test]
    async fn clean_code_builds() {
        let dir = package("#[cfg(test)]\npub fn empty(of: &[u8]) -> bool {\n    of.is_empty()\n}\n");
        while_building(dir.path(), &dir.path().join("target")).await.expect("nothing to warn of");
    }
}

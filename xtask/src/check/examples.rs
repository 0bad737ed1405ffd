//! Examples in documentation comments. The test run leaves out doc tests, since building each takes as long as a test program:
//! so there must be none to miss.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::Finding;

/// What a fenced block may be: rustdoc takes any other for Rust and would run it.
const NOT_RUST: [&str; 8] = ["text", "graphql", "json", "sql", "sh", "toml", "yaml", "http"];

pub(crate) fn check(root: &Path, tree: &[PathBuf]) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for file in tree.iter().filter(|file| file.extension().is_some_and(|extension| extension == "rs")) {
        let text = fs::read_to_string(root.join(file)).with_context(|| format!("cannot read {}", file.display()))?;
        findings.extend(examples(&text).into_iter().map(|line| {
            let remedy = "write it as a test, or mark the block as what it is: ```text";
            Finding::error(file, line, "a Rust example in a comment is not run", remedy)
        }));
    }
    Ok(findings)
}

/// The lines on which a block of Rust begins in a documentation comment.
fn examples(text: &str) -> Vec<usize> {
    let (mut found, mut inside) = (Vec::new(), false);
    for (index, line) in text.lines().enumerate() {
        let line = line.trim_start();
        let Some(comment) = line.strip_prefix("///").or_else(|| line.strip_prefix("//!")) else {
            inside = false;
            continue;
        };
        let comment = comment.trim_start();
        let Some(language) = comment.strip_prefix("```").or_else(|| comment.strip_prefix("~~~")) else { continue };
        if !inside && !NOT_RUST.contains(&language.trim()) {
            found.push(index + 1);
        }
        inside = !inside;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::tests::messages;
    use super::examples;

    #[test]
    fn a_block_of_rust_is_found_where_it_begins() {
        assert_eq!(examples("/// Says.\n/// ```\n/// let a = 1;\n/// ```\nfn a() {}\n"), [2]);
        assert_eq!(examples("    //! ```no_run\n    //! a();\n    //! ```\n    //! ~~~rust\n    //! ~~~\n"), [1, 4]);
    }

    #[test]
    fn other_blocks_and_other_comments_are_no_examples() {
        let text = "/// ```text\n/// a -> b\n/// ```\n/// ```json\n/// {}\n/// ```\n// ```\nlet s = \"```\";\n";
        assert!(examples(text).is_empty(), "{:?}", examples(text));
    }

    #[test]
    fn an_example_is_an_error_with_its_place() {
        let found = messages(&[("crates/kernel/src/lib.rs", "/// ```\n/// a();\n/// ```\npub fn a() {}\n")]);
        assert!(found[0].starts_with("crates/kernel/src/lib.rs:1: error: a Rust example"), "{found:?}");
    }
}

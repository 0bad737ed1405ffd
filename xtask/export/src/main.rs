//! `schema-export DIR` writes what only the subgraphs' own code knows:
//!
//! - `DIR/subgraphs.json`: name and routing URL of each, for composition
//! - `DIR/schema/subgraphs/NAME.graphql`
//! - `DIR/schema/events/EVENT.json`
//! - `DIR/schema/asyncapi.json`
//!
//! It is a crate apart from xtask, so that xtask builds while a subgraph does not.

mod asyncapi;
mod subgraphs;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::json;

fn main() -> Result<()> {
    let dir = std::env::args_os().nth(1).map(PathBuf::from).context("usage: schema-export DIR")?;
    let mut listed = Vec::new();
    let subgraphs = subgraphs::subgraphs();
    for subgraph in &subgraphs {
        let sdl = (subgraph.sdl)();
        write(&dir.join(format!("schema/subgraphs/{}.graphql", subgraph.name)), sdl.trim_end())?;
        listed.push(json!({ "name": subgraph.name, "url": subgraph.url() }));
    }
    write(&dir.join("subgraphs.json"), &serde_json::to_string_pretty(&listed)?)?;
    let events = events::schemas();
    let document = asyncapi::document(&subgraphs, &events)?;
    write(&dir.join("schema/asyncapi.json"), &serde_json::to_string_pretty(&document)?)?;
    for (event, schema) in events {
        write(&dir.join(format!("schema/events/{event}.json")), &serde_json::to_string_pretty(&schema)?)?;
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<()> {
    let parent = path.parent().context("a file needs a folder")?;
    fs::create_dir_all(parent).with_context(|| format!("cannot create {}", parent.display()))?;
    fs::write(path, format!("{text}\n")).with_context(|| format!("cannot write {}", path.display()))
}

//! The committed files name the subgraphs by loopback addresses. Copies of them name them by where they run.

use std::path::{Path, PathBuf};

use chassis::StartError;

use crate::banner;
use crate::services::NAMES;

/// Which files, and where the subgraphs run.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Folder for the copies, which keep their names.
    #[arg(long)]
    out: PathBuf,
    /// Host of each subgraph; `{name}` stands for its name.
    #[arg(long, env = "SUBGRAPH_HOST", default_value = "{name}")]
    host: String,
    /// Added to each port, where the subgraphs do not have their own.
    #[arg(long, default_value_t = 0)]
    shift: u16,
    /// The files.
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

/// Writes the copies.
pub(crate) fn run(options: &Options) -> Result<(), StartError> {
    for file in &options.files {
        let copy = copy(file, &options.out, |text| {
            moved(text, |name, port| {
                format!("{}:{}", options.host.replace("{name}", name), port.saturating_add(options.shift))
            })
        })?;
        banner::step(&format!("wrote {}", copy.display()));
    }
    Ok(())
}

/// A copy of the file in the folder, with its text changed.
pub(crate) fn copy(file: &Path, folder: &Path, change: impl FnOnce(&str) -> String) -> Result<PathBuf, StartError> {
    let failed = |path: &Path, error: std::io::Error| {
        StartError::new(
            format!("cannot use {}: {error}", path.display()),
            "run from the folder of the repository, with a writable folder for the copies",
        )
    };
    let text = std::fs::read_to_string(file).map_err(|error| failed(file, error))?;
    let path = folder.join(file.file_name().unwrap_or_default());
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(&path, change(&text)))
        .map_err(|error| failed(&path, error))?;
    path.canonicalize().map_err(|error| failed(&path, error))
}

/// The text with the addresses that subgraphs have in development, `127.0.0.1:4001/` and the like, replaced. Each is replaced
/// once, also where the old and the new overlap.
pub(crate) fn moved(text: &str, address: impl Fn(&str, u16) -> String) -> String {
    const START: &str = "127.0.0.1:";
    let mut parts = text.split(START);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let port = part.split_once('/').and_then(|(port, _)| port.parse::<u16>().ok());
        match port.and_then(|port| NAMES.into_iter().find(|(_, known)| *known == port)) {
            Some((name, port)) => {
                out.push_str(&address(name, port));
                out.push_str(&part[4..]);
            }
            None => {
                out.push_str(START);
                out.push_str(part);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_moves_once_also_where_the_ports_overlap() {
        let text = "a http://127.0.0.1:4001/graphql b http://127.0.0.1:4008/x c 127.0.0.1:4000/ d 127.0.0.1:40";
        let expected = "a http://127.0.0.1:4002/graphql b http://127.0.0.1:4009/x c 127.0.0.1:4000/ d 127.0.0.1:40";
        assert_eq!(moved(text, |_, port| format!("127.0.0.1:{}", port + 1)), expected);
        assert_eq!(
            moved("http://127.0.0.1:4005/y", |name, port| format!("{name}.shop:{port}")),
            "http://orders.shop:4005/y"
        );
    }
}

//! Where things are: the repository root, the target folders and the binaries built into them.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The repository and its build folders.
pub(crate) struct Workspace {
    pub(crate) root: PathBuf,
    /// Build folder of the root workspace.
    pub(crate) target: PathBuf,
    /// Build folder of the gateway, whose dependency tree would otherwise evict the other's artefacts.
    pub(crate) gateway_target: PathBuf,
}

impl Workspace {
    /// `CARGO_TARGET_DIR` moves both build folders: the gateway's becomes `gateway/` inside it.
    pub(crate) fn locate() -> Result<Self> {
        let manifest =
            std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
        let root = manifest.parent().context("xtask/ lies inside the repository")?.to_path_buf();
        let moved = std::env::var_os("CARGO_TARGET_DIR").filter(|dir| !dir.is_empty());
        Ok(Self::at(root, moved.map(PathBuf::from)))
    }

    fn at(root: PathBuf, moved: Option<PathBuf>) -> Self {
        match moved {
            // Joining keeps an absolute path as it is and anchors a relative one.
            Some(dir) => Self { target: root.join(&dir), gateway_target: root.join(&dir).join("gateway"), root },
            None => Self { target: root.join("target"), gateway_target: root.join("gateway/target"), root },
        }
    }

    pub(crate) fn gateway(&self) -> PathBuf {
        self.root.join("gateway")
    }

    /// The development build of the all-in-one binary.
    pub(crate) fn techcorp_bin(&self) -> PathBuf {
        self.target.join("debug/techcorp")
    }

    /// The development build of the program that writes the subgraphs' SDL.
    pub(crate) fn exporter_bin(&self) -> PathBuf {
        self.target.join("debug/schema-export")
    }

    /// The development build of the gateway, unless `GATEWAY_BIN` names another.
    pub(crate) fn gateway_bin(&self) -> PathBuf {
        std::env::var_os("GATEWAY_BIN")
            .map_or_else(|| self.gateway_target.join("debug/techcorp-gateway"), PathBuf::from)
    }

    pub(crate) fn relative<'a>(&self, path: &'a Path) -> &'a Path {
        path.strip_prefix(&self.root).unwrap_or(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_workspace_builds_into_its_own_folder() {
        let workspace = Workspace::at("/repo".into(), None);
        assert_eq!(workspace.target, Path::new("/repo/target"));
        assert_eq!(workspace.gateway_target, Path::new("/repo/gateway/target"));
    }

    #[test]
    fn a_moved_target_folder_holds_both() {
        let workspace = Workspace::at("/repo".into(), Some("/cache/target".into()));
        assert_eq!(workspace.target, Path::new("/cache/target"));
        assert_eq!(workspace.gateway_target, Path::new("/cache/target/gateway"));
    }

    #[test]
    fn a_relative_target_folder_is_inside_the_repository() {
        assert_eq!(Workspace::at("/repo".into(), Some("build".into())).target, Path::new("/repo/build"));
    }
}

//! What the machine has for a cluster: server binaries, a user to run as, a folder that this user can enter.

use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use crate::StartError;

/// What to do about a folder that cannot be used.
pub(super) fn folder_error(root: &Path, error: &std::io::Error) -> StartError {
    let remedy = match error.kind() {
        ErrorKind::StorageFull => "free disk space, then start again",
        ErrorKind::PermissionDenied => "make the folder writable for your user",
        _ => "check the folder and its disk",
    };
    StartError::new(format!("cannot use the data folder {}: {error}", root.display()), remedy)
}

/// The newest server below the folder where Debian and Ubuntu put them, as `<version>/bin`.
pub(super) fn newest_server(folder: &Path) -> Result<PathBuf, StartError> {
    let mut found: Vec<(u32, PathBuf)> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, bin): &(u32, PathBuf)| bin.join("initdb").exists())
        .collect();
    found.sort();
    found.pop().map(|(_, bin)| bin).ok_or_else(|| {
        StartError::new(
            format!("no PostgreSQL server on this machine (looked in {}/*/bin)", folder.display()),
            "run `scripts/setup`, or `apt-get install postgresql`, or set DATABASE_URL to a server of yours",
        )
    })
}

/// PostgreSQL refuses to run as root: as root, the user and group that its package made; otherwise nobody else.
pub(super) fn unprivileged_owner() -> Result<Option<(u32, u32)>, StartError> {
    if fs::metadata("/proc/self").is_ok_and(|own| own.uid() != 0) {
        return Ok(None);
    }
    postgres_user(&fs::read_to_string("/etc/passwd").unwrap_or_default()).map(Some)
}

fn postgres_user(passwd: &str) -> Result<(u32, u32), StartError> {
    let entry = passwd.lines().find_map(|line| {
        let fields: Vec<&str> = line.split(':').collect();
        (fields.first() == Some(&"postgres"))
            .then(|| Some((fields.get(2)?.parse().ok()?, fields.get(3)?.parse().ok()?)))?
    });
    entry.ok_or_else(|| {
        StartError::new(
            "running as root, and there is no user `postgres` for the database to run as",
            "install PostgreSQL's package, or run as an ordinary user",
        )
    })
}

/// Whether a folder above lets nobody but its owner through, who is another user.
pub(super) fn is_closed_to(root: &Path, uid: u32) -> bool {
    let closed =
        |parent: &Path| fs::metadata(parent).is_ok_and(|m| m.permissions().mode() & 0o001 == 0 && m.uid() != uid);
    root.ancestors().skip(1).any(closed)
}

/// A place that every user can enter, for a cluster whose folder is below one that they cannot, such as a clone in root's
/// home. The folder becomes a link to it, so that it is found again, and deleted with what it links to.
pub(super) fn elsewhere(folder: &Path, root: &Path) -> Result<PathBuf, StartError> {
    let io = |error: std::io::Error| folder_error(folder, &error);
    let name: String = root.display().to_string().trim_matches('/').replace('/', "-");
    let place = Path::new("/var/lib/techcorp").join(name);
    fs::create_dir_all(&place).map_err(io)?;
    // Refuses to replace a folder that holds something.
    fs::remove_dir(folder).map_err(io)?;
    std::os::unix::fs::symlink(&place, folder).map_err(io)?;
    Ok(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_without_a_server_is_told_how_to_get_one() {
        let folder = std::env::temp_dir().join(format!("no-postgresql-{}", std::process::id()));
        let error = newest_server(&folder).expect_err("there is none").to_string();
        assert!(error.contains("no PostgreSQL server") && error.contains("scripts/setup"), "{error}");
    }

    #[test]
    fn root_without_the_databases_user_is_told_what_to_install() {
        let error = postgres_user("root:x:0:0:root:/root:/bin/bash\n").expect_err("there is none").to_string();
        assert!(error.contains("as root") && error.contains("ordinary user"), "{error}");
        assert_eq!(
            postgres_user("a:x:1:2::/:\npostgres:x:104:110:,,,:/var/lib/postgresql:/bin/bash").ok(),
            Some((104, 110))
        );
    }

    #[test]
    fn a_full_disk_is_told_apart_from_a_closed_folder() {
        let told = |kind: ErrorKind| folder_error(Path::new("data"), &std::io::Error::from(kind)).to_string();
        assert!(told(ErrorKind::StorageFull).contains("free disk space"));
        assert!(told(ErrorKind::PermissionDenied).contains("writable"));
    }
}

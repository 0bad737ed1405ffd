//! Who works at the command line, for what is written down about it.

use auth::domain::By;

/// The name that the machine knows them by; behind `sudo` the one who called it.
pub(crate) fn by() -> By {
    let name = ["SUDO_USER", "USER", "LOGNAME"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|found| !found.is_empty()));
    By::CommandLine(name.unwrap_or_else(|| "unknown".to_owned()))
}

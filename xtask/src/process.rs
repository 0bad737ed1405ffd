//! Running other programs.

use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, Result, bail};
use tokio::process::Command;

/// A command in `dir` that dies with us.
pub(crate) fn command(program: &str, args: &[&str], dir: &Path) -> Command {
    let mut command = Command::new(program);
    command.args(args).current_dir(dir).stdin(Stdio::null()).kill_on_drop(true);
    command
}

/// Cargo in `dir`, as the toolchain that runs us.
pub(crate) fn cargo(args: &[&str], dir: &Path) -> Command {
    let mut cargo = command(&std::env::var("CARGO").unwrap_or_else(|_| "cargo".into()), args, dir);
    // `cargo xtask` describes xtask in these. Build scripts watch them, so passing them on would rebuild what `make up`
    // has just built, and the other way round.
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")) {
            cargo.env_remove(name);
        }
    }
    cargo
}

/// Runs to the end; anything but success is an error that names the command.
pub(crate) async fn run(mut command: Command) -> Result<()> {
    let line = describe(&command);
    let status = command.status().await.with_context(|| format!("cannot start `{line}`"))?;
    if !status.success() {
        bail!("`{line}` failed ({status})");
    }
    Ok(())
}

/// Runs to the end without showing output; true when it succeeded, false also when the program is missing.
pub(crate) async fn succeeds(mut command: Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.status().await.is_ok_and(|status| status.success())
}

fn describe(command: &Command) -> String {
    let command = command.as_std();
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    std::iter::once(program).chain(command.get_args()).map(|part| part.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_failing_command_is_named_in_the_error() {
        let error = run(command("sh", &["-c", "exit 3"], Path::new("/"))).await.expect_err("exit 3 is a failure");
        assert!(error.to_string().contains("`sh -c exit 3` failed"), "{error}");
    }

    #[tokio::test]
    async fn a_missing_program_does_not_succeed() {
        assert!(!succeeds(command("/nowhere/program", &[], Path::new("/"))).await);
    }
}

//! Paths of the workspace and the running of other programs.

use std::{
    ffi::OsStr,
    io,
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
};

use anyhow::{Context, Result, bail};

/// The workspace's root folder.
pub fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest
        .ancestors()
        .nth(2)
        .unwrap_or(manifest)
        .to_path_buf()
}

/// A program to be run in the workspace's root.
pub fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(root());
    command
}

/// The cargo that started this task.
pub fn cargo() -> Command {
    let mut command =
        program(std::env::var_os("CARGO").unwrap_or_else(|| OsStr::new("cargo").to_owned()));
    // What cargo told this program about the package `xtask` must not reach another build: build
    // scripts that read it would run again each time.
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(name);
        }
    }
    command
}

/// A program from the npm packages.
pub fn npm_bin(name: &str) -> Command {
    program(root().join("node_modules/.bin").join(name))
}

/// Runs a program to its end, its output going where ours goes.
///
/// # Errors
/// Where it cannot be started or reports failure.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("cannot start {}", describe(command)))?;
    if !status.success() {
        bail!("{} failed ({status})", describe(command));
    }
    Ok(())
}

/// Runs a program and takes what it prints on standard output.
///
/// # Errors
/// Where it cannot be started, reports failure or prints no UTF-8.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("cannot start {}", describe(command)))?;
    if !output.status.success() {
        bail!("{} failed ({})", describe(command), output.status);
    }
    String::from_utf8(output.stdout)
        .with_context(|| format!("{} printed no UTF-8", describe(command)))
}

/// Whether a program can be started at all.
pub fn exists(name: &str) -> bool {
    try_quietly(name, "--version").is_ok()
}

/// Whether a program runs well with an argument; some systems have one of that name that only says where
/// to get it.
pub fn runs(name: &str, argument: &str) -> bool {
    try_quietly(name, argument).is_ok_and(|status| status.success())
}

fn try_quietly(name: &str, argument: &str) -> io::Result<ExitStatus> {
    Command::new(name)
        .arg(argument)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
}

fn describe(command: &Command) -> String {
    let name = Path::new(command.get_program())
        .file_name()
        .unwrap_or(command.get_program());
    let arguments = command.get_args().map(OsStr::to_string_lossy);
    std::iter::once(name.to_string_lossy())
        .chain(arguments)
        .collect::<Vec<_>>()
        .join(" ")
}

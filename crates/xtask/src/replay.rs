//! Replays published cases. The work is done by a program of `tests/conformance`, apart from this one
//! so that tasks start without compiling the product's crates.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::{
    process::{cargo, root, run},
    setup, wasm,
};

/// What `cargo xtask replay` takes.
#[derive(clap::Args)]
pub struct Options {
    /// The form: the name of its folder in `forms`
    form: String,
    /// The cases, one JSON object `{"in":…,"out":…}` a line, with `as_of` where they have a day
    file: PathBuf,
    /// Evaluate in Node.js with the module of web/pkg too, and compare both sides' reports
    #[arg(long)]
    wasm: bool,
    /// Print the mean time of an evaluation as well; builds with optimisation
    #[arg(long)]
    time: bool,
}

/// Replays the cases of a file.
///
/// # Errors
/// Where a result differs from the expected one, or native and Wasm reports differ.
pub fn run_file(options: &Options) -> Result<()> {
    // The program runs in the workspace's root, wherever this one was started.
    let file = std::path::absolute(&options.file).context("the current folder is gone")?;
    if options.wasm {
        prepare_wasm()?;
    }
    replay(&options.form, &file, options.wasm, options.time)
}

/// Replays the cases that this repository holds, natively and in Wasm.
///
/// # Errors
/// As [`run_file`].
pub fn published() -> Result<()> {
    prepare_wasm()?;
    for folder in entries(&root().join("tests/conformance"))? {
        let Some(form) = folder.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        if !folder.is_dir() {
            continue;
        }
        for file in entries(&folder)? {
            if file
                .extension()
                .is_some_and(|extension| extension == "ndjson")
            {
                eprintln!("{form}");
                replay(form, &file, true, false)?;
            }
        }
    }
    Ok(())
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = folder
        .read_dir()
        .with_context(|| format!("cannot read {}", folder.display()))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>();
    let mut entries = entries?;
    entries.sort();
    Ok(entries)
}

fn prepare_wasm() -> Result<()> {
    setup::rust_target()?;
    setup::npm_packages()?;
    wasm::build()
}

fn replay(form: &str, file: &Path, in_wasm: bool, time: bool) -> Result<()> {
    let mut command = cargo();
    command.args(["run", "--quiet", "--locked"]);
    command.args(["--package", "counterfoil-conformance", "--bin", "replay"]);
    if time {
        command.arg("--release");
    }
    command.arg("--").arg(form).arg(file);
    command.args(in_wasm.then_some("--wasm"));
    command.args(time.then_some("--time"));
    run(&mut command)
}

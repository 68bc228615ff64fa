//! Holds the engine against its Wasm build over generated answers. The work is done by the program of
//! `tests/parity`, apart from this one so that tasks start without compiling the product's crates.

use anyhow::Result;

use crate::{
    process::{cargo, run},
    setup, wasm,
};

/// From this many cases on, optimised code is worth its compilation.
const LONG_RUN: usize = 50_000;

/// What `cargo xtask parity` takes.
#[derive(clap::Args)]
pub struct Options {
    /// Generated cases for each form, besides those that stand beside it
    #[arg(long, default_value_t = 10_000)]
    cases: usize,
    /// What the cases are generated from: the same seed gives the same cases
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Forms, by the names of their folders in `forms`, in place of all
    #[arg(long = "form", value_name = "FORM")]
    forms: Vec<String>,
}

/// Compares generated cases in all places where the engine runs.
///
/// # Errors
/// Where two of them differ; the smallest such case is written into `tests/parity/fixtures`.
pub fn compare(options: &Options) -> Result<()> {
    setup::everything()?;
    wasm::build()?;
    let mut program = cargo();
    program.args([
        "run",
        "--quiet",
        "--locked",
        "--package",
        "counterfoil-parity",
    ]);
    if options.cases >= LONG_RUN {
        program.arg("--release");
    }
    program.arg("--");
    program.args(["--cases", &options.cases.to_string()]);
    program.args(["--seed", &options.seed.to_string()]);
    for form in &options.forms {
        program.args(["--form", form]);
    }
    run(&mut program)
}

/// As many cases as the test run has time for.
///
/// # Errors
/// As [`compare`].
pub fn in_test_run() -> Result<()> {
    compare(&Options {
        cases: 10_000,
        seed: 1,
        forms: Vec::new(),
    })
}

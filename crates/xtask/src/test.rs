//! Every check and every test.

use std::path::Path;

use anyhow::{Result, bail};

use crate::{
    assets, parity,
    process::{cargo, program, root, run},
    replay, setup, sizes,
    steps::Steps,
    wasm,
};

/// What `cargo xtask test` takes.
#[derive(clap::Args)]
pub struct Options {
    /// Steps to run, by name, in place of all
    #[arg(value_name = "STEP", value_parser = known_step)]
    steps: Vec<String>,
}

struct Step {
    name: &'static str,
    title: &'static str,
    run: fn() -> Result<()>,
}

/// Ordered so that what fails soonest stands first and what needs a build stands after it.
const STEPS: &[Step] = &[
    Step {
        name: "setup",
        title: "setup: Wasm target, npm packages, Chromium, Java",
        run: setup::everything,
    },
    Step {
        name: "format",
        title: "format: cargo fmt",
        run: || run(cargo().args(["fmt", "--all", "--check"])),
    },
    Step {
        name: "assets",
        title: "assets: module, styles, script",
        run: build_assets,
    },
    Step {
        name: "sizes",
        title: "sizes: budgets of what a citizen downloads",
        run: sizes::check,
    },
    Step {
        name: "lint",
        title: "lint: clippy without warnings",
        run: || {
            run(cargo()
                .args(["clippy", "--quiet", "--workspace", "--locked"])
                .args(["--all-targets", "--all-features"])
                .args(["--", "--deny", "warnings"]))
        },
    },
    Step {
        name: "docs",
        title: "docs: documentation without warnings",
        run: || {
            run(cargo()
                .args(["doc", "--quiet", "--workspace", "--locked", "--no-deps"])
                .env("RUSTDOCFLAGS", "--deny warnings"))
        },
    },
    Step {
        name: "rust",
        title: "rust: tests of all crates",
        run: || run(cargo().args(["test", "--workspace", "--locked"])),
    },
    Step {
        name: "node",
        title: "node: the module in Node.js, types, the npm package",
        run: || node_tests("tests/node"),
    },
    Step {
        name: "browser",
        title: "browser: journeys and examples in Chromium, axe, the Nu validator",
        run: || node_tests("tests/browser"),
    },
    Step {
        name: "replay",
        title: "replay: published cases of every form, natively and in Wasm",
        run: replay::published,
    },
    Step {
        name: "parity",
        title: "parity: generated answers natively, in Node.js and in Chromium",
        run: parity::in_test_run,
    },
    Step {
        name: "reproducible",
        title: "reproducible: a second build gives the same module",
        run: wasm::check_reproducible,
    },
    Step {
        name: "wasm-pack",
        title: "wasm-pack: the module by another tool, where it is installed",
        run: wasm::check_wasm_pack,
    },
];

/// Runs the steps asked for, or all; the first that fails ends the run.
///
/// # Errors
/// Where a step fails.
pub fn run_steps(options: &Options) -> Result<()> {
    let wanted: Vec<&Step> = STEPS
        .iter()
        .filter(|step| options.steps.is_empty() || options.steps.iter().any(|s| s == step.name))
        .collect();
    let mut steps = Steps::new(wanted.len());
    for step in wanted {
        steps.run(step.title, step.run)?;
    }
    steps.summary();
    Ok(())
}

fn known_step(name: &str) -> Result<String, String> {
    if STEPS.iter().any(|step| step.name == name) {
        return Ok(name.to_owned());
    }
    let names: Vec<_> = STEPS.iter().map(|step| step.name).collect();
    Err(format!("the steps are {}", names.join(", ")))
}

fn build_assets() -> Result<()> {
    assets::all()?;
    wasm::report_size()
}

/// Looks at every kind of page in every theme, direction, size and scheme of colours, where the browser tests
/// go through as many as let every two of these meet.
///
/// # Errors
/// Where a page does not hold, or a build fails.
pub fn matrix() -> Result<()> {
    build_for_node()?;
    run(program("node")
        .args(["--test", "tests/browser/matrix.test.mjs"])
        .env("MATRIX", "full"))
}

/// Builds what the tests in Node and in the browser run.
fn build_for_node() -> Result<()> {
    assets::all()?;
    run(cargo().args([
        "build",
        "--quiet",
        "--locked",
        "--package",
        "counterfoil-cli",
        "--package",
        "example-axum",
    ]))
}

/// Runs the test files of a folder with Node's own runner, against the command and the assets as
/// they now are.
fn node_tests(folder: &str) -> Result<()> {
    build_for_node()?;
    let mut files: Vec<_> = root()
        .join(folder)
        .read_dir()?
        .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
        .filter(|name| name.ends_with(".test.mjs"))
        .collect();
    files.sort();
    if files.is_empty() {
        bail!("{folder} holds no test");
    }
    let folder = Path::new(folder);
    run(program("node")
        .args(["--test", "--test-concurrency=2"])
        .args(files.iter().map(|name| folder.join(name))))
}

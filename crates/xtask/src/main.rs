//! `cargo xtask`: set-up, builds and checks of the workspace.
//!
//! Every task finds out by itself what is missing or out of date, so that a task can be asked for on
//! a fresh clone and costs nothing when it was done before.

mod assets;
mod parity;
mod process;
mod replay;
mod serve;
mod setup;
mod sizes;
mod stamp;
mod steps;
mod test;
mod wasm;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Set-up, builds and checks of the Counterfoil workspace.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Get what the other tasks need: the Wasm target, the npm packages, a browser for the tests.
    Setup,
    /// Build the engine as WebAssembly into web/pkg and tell its size.
    Wasm,
    /// Compile the style sheets into web/dist.
    Styles,
    /// Tell what a citizen downloads, and fail where it exceeds its budget.
    Sizes,
    /// Check and bundle the TypeScript into web/dist.
    Web,
    /// Build all that a browser loads: wasm, styles and web, each only where something changed.
    Assets,
    /// Build everything and run the office with the forms in `forms`.
    Serve(serve::Options),
    /// Run every check and every test.
    Test(test::Options),
    /// Look at every kind of page in every theme, direction, size and scheme of colours.
    Matrix,
    /// Evaluate a form's published submissions and compare the results with the expected ones.
    Replay(replay::Options),
    /// Compare reports and words of generated answers natively, in Node.js and in Chromium.
    Parity(parity::Options),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = match cli.task {
        Task::Setup => setup::everything(),
        Task::Wasm => setup::rust_target()
            .and_then(|()| setup::npm_packages())
            .and_then(|()| wasm::build_and_report()),
        Task::Styles => setup::npm_packages().and_then(|()| assets::styles()),
        Task::Web => setup::npm_packages().and_then(|()| assets::web()),
        Task::Assets => setup::for_assets().and_then(|()| assets::all()),
        Task::Sizes => setup::for_assets().and_then(|()| sizes::check()),
        Task::Serve(options) => serve::run_office(&options),
        Task::Test(options) => test::run_steps(&options),
        Task::Matrix => setup::everything().and_then(|()| test::matrix()),
        Task::Replay(options) => replay::run_file(&options),
        Task::Parity(options) => parity::compare(&options),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cargo xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

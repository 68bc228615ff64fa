//! `replay FORM FILE.ndjson [--wasm]`: exits 0 where all holds, 1 where something differs, 2 where
//! the replay itself failed.

use std::{fs, path::PathBuf, process::ExitCode};

use anyhow::{Context, Result};
use clap::Parser;
use counterfoil_conformance::{Workload, cases, native, replay, wasm};
use counterfoil_engine::Plan;

/// Evaluates published cases and compares the results with those expected.
#[derive(Parser)]
#[command(name = "replay", bin_name = "cargo xtask replay")]
struct Options {
    /// The form, such as `building-permit`.
    form: String,
    /// Cases, one JSON object `{"in":…,"out":…}` a line, with `as_of` where they have a day.
    file: PathBuf,
    /// Evaluate in WebAssembly under Node.js too, and hold both sides' reports against each other.
    #[arg(long)]
    wasm: bool,
    /// Print the time of an evaluation as well, the mean over many rounds.
    #[arg(long)]
    time: bool,
}

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("replay: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(options: &Options) -> Result<bool> {
    let workload = Workload::of(&options.form)?;
    let text = fs::read_to_string(&options.file)
        .with_context(|| format!("cannot read {}", options.file.display()))?;
    let cases = cases::read(&text, workload.day)?;
    let published = native::published_plan(&workload.form)?;
    let plan = Plan::from_json(&published).map_err(|error| anyhow::anyhow!("{error}"))?;

    let native = native::reports(&plan, &cases)?;
    let outcome = replay::against_results(&workload, plan.rules(), &cases, &native);
    println!("native: {outcome}");
    let mut all_hold = outcome.all_hold();
    if options.time {
        let microseconds = native::microseconds(&plan, &cases)?;
        println!("native: {microseconds} µs an evaluation");
    }

    if options.wasm {
        let module = wasm::Module::given(&published, &cases)?;
        let wasm = module.reports()?;
        let outcome = replay::against_results(&workload, plan.rules(), &cases, &wasm);
        println!("wasm: {outcome}");
        all_hold &= outcome.all_hold();
        let outcome = replay::against_each_other(&cases, &native, &wasm);
        println!("native and wasm reports, byte for byte: {outcome}");
        all_hold &= outcome.all_hold();
        if options.time {
            println!("wasm: {} µs an evaluation", module.microseconds()?);
        }
    }
    Ok(all_hold)
}

//! Evaluates generated answers natively, in Wasm under Node.js and in Wasm in Chromium, and compares
//! reports and words byte for byte.
//!
//! `cargo xtask parity` builds the module and runs it.

mod case;
mod compare;
mod forms;
mod generate;
mod shrink;
mod sides;

use std::{
    io::{self, IsTerminal as _},
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

use anyhow::Result;
use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};

use crate::{compare::Difference, generate::Generator, sides::Module};

/// Compare what the engine makes of answers natively and as WebAssembly.
#[derive(Parser)]
struct Options {
    /// Generated cases for each form, besides those that stand beside it
    #[arg(long, default_value_t = 10_000)]
    cases: usize,
    /// What the cases are generated from: the same seed gives the same cases
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Forms, by the names of their folders in `forms`, in place of all
    #[arg(long = "form", value_name = "FORM")]
    forms: Vec<String>,
    /// Leave Chromium out
    #[arg(long)]
    no_browser: bool,
}

fn main() -> Result<ExitCode> {
    let options = Options::parse();
    let mut sides = vec![Module::start("node")?];
    if !options.no_browser {
        sides.push(Module::start("chromium")?);
    }
    let forms = if options.forms.is_empty() {
        forms::ids()?
    } else {
        options.forms.clone()
    };
    let started = Instant::now();
    let mut compared = 0;
    for id in &forms {
        let form = forms::form(id)?;
        let known = compare::fixtures(&form)?;
        let total = known.len() + form.cases.len() + options.cases;
        let progress = progress(id, total);
        let mut generator = Generator::new(form.plan.rules(), &form.cases, options.seed);
        let generated = std::iter::repeat_with(|| generator.case()).take(options.cases);
        let cases = known.into_iter().chain(form.cases.clone()).chain(generated);
        if let Some(difference) = compare::compare(&form, &mut sides, cases, &progress)? {
            progress.finish_and_clear();
            tell(id, &difference);
            return Ok(ExitCode::FAILURE);
        }
        progress.finish_and_clear();
        compared += total;
        println!("{id}: {total} cases agree on {} sides", sides.len() + 1);
    }
    let milliseconds = started.elapsed().as_millis().max(1);
    println!(
        "{compared} cases agree, {} a second",
        compared as u128 * 1000 / milliseconds
    );
    Ok(ExitCode::SUCCESS)
}

fn tell(form: &str, difference: &Difference) {
    let (answers, context) = difference.case.texts();
    println!(
        "{form}: the module in {} differs; the case is written to {}",
        difference.side,
        difference.fixture.display()
    );
    println!("answers: {answers}\ncontext: {context}");
    let mut lines = difference.native.lines().zip(difference.wasm.lines());
    match lines.find(|(native, wasm)| native != wasm) {
        Some((native, wasm)) => println!("native: {native}\nWasm:   {wasm}"),
        None => println!("one of the two has more lines"),
    }
}

fn progress(form: &str, total: usize) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(total as u64).with_message(form.to_owned());
    match ProgressStyle::with_template("{msg} {bar:30} {pos} of {len}, {per_sec}, {eta} left") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// The workspace's root folder.
fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest
        .ancestors()
        .nth(2)
        .unwrap_or(manifest)
        .to_path_buf()
}

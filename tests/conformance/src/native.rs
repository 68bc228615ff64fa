//! Compiling a form and evaluating cases in this process.

use std::{
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::{Context as _, Result, bail};
use counterfoil_compiler::{Files, compile, render};
use counterfoil_engine::{Answers, Context, Plan, evaluate};

use crate::cases::Case;

/// The workspace's root folder.
pub fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest
        .ancestors()
        .nth(2)
        .unwrap_or(manifest)
        .to_path_buf()
}

/// Compiles a form of this repository; returns its published plan as JSON.
///
/// # Errors
/// Where the form cannot be read or has mistakes.
pub fn published_plan(form: &str) -> Result<String> {
    let folder = root().join("forms").join(form);
    let files = Files::on_disk(&folder)
        .with_context(|| format!("cannot read the form in {}", folder.display()))?;
    let compiled = compile(&files);
    match compiled.plan {
        Some(plan) => Ok(plan.to_json()),
        None => bail!(
            "the form {form} has mistakes:\n{}",
            render::human(&compiled.diagnostics, &compiled.sources, false)
        ),
    }
}

/// Evaluates every case; returns the reports as JSON, one a case.
///
/// # Errors
/// Where a submission is not one JSON object, or the form is not in force on the case's day.
pub fn reports(plan: &Plan, cases: &[Case<'_>]) -> Result<Vec<String>> {
    cases
        .iter()
        .enumerate()
        .map(|(index, case)| {
            let answers = Answers::from_json(case.submission.get())
                .with_context(|| format!("line {}: the submission", index + 1))?;
            let report = evaluate(plan, &answers, &Context::on(case.as_of))
                .with_context(|| format!("line {}", index + 1))?;
            Ok(report.to_json())
        })
        .collect()
}

/// The mean time of an evaluation over many rounds, in microseconds: JSON text in, report text out.
///
/// # Errors
/// As [`reports`].
pub fn microseconds(plan: &Plan, cases: &[Case<'_>]) -> Result<u128> {
    const ROUNDS: u128 = 50;
    let start = Instant::now();
    for _ in 0..ROUNDS {
        reports(plan, cases)?;
    }
    let evaluations = ROUNDS * cases.len().max(1) as u128;
    Ok(start.elapsed().as_micros() / evaluations)
}

//! Keeping what a form gives today, for every later release to give again.

use std::{fs, path::PathBuf};

use anyhow::{Context as _, Result};
use counterfoil_engine::{Answers, Context, evaluate};
use serde::Serialize;
use serde_json::value::RawValue;

use crate::{forms::Form, root};

/// Most cases that are kept of a form: its own tests, which come first, show most of its rules.
const MOST_CASES: usize = 60;

#[derive(Serialize)]
struct Kept {
    answers: Box<RawValue>,
    context: Box<RawValue>,
    report: Box<RawValue>,
}

/// Writes the published plan of a form and the reports of its cases into a new folder, which is named
/// for the form and the beginning of the plan's id.
///
/// # Errors
/// Where the folder cannot be written.
pub fn keep(id: &str, form: &Form) -> Result<PathBuf> {
    let mut lines = String::new();
    for case in form.cases.iter().take(MOST_CASES) {
        let (answers, context) = case.texts();
        let report = evaluate(
            &form.plan,
            &Answers::from_json(&answers)?,
            &Context::from_json(&context)?,
        )?;
        lines.push_str(&serde_json::to_string(&Kept {
            answers: RawValue::from_string(answers)?,
            context: RawValue::from_string(context)?,
            report: RawValue::from_string(report.to_json())?,
        })?);
        lines.push('\n');
    }
    let short: String = form.plan.id().chars().take(12).collect();
    let folder = root().join(format!("tests/parity/published/{id}-{short}"));
    fs::create_dir_all(&folder)
        .and_then(|()| fs::write(folder.join("plan.json"), &form.published))
        .and_then(|()| fs::write(folder.join("cases.ndjson"), lines))
        .with_context(|| format!("cannot write into {}", folder.display()))?;
    Ok(folder)
}

//! The project's forms, with the cases that stand beside them.

use std::{fs, path::PathBuf};

use anyhow::{Context as _, Result, bail};
use counterfoil_compiler::{Files, compile, form_tests, render};
use counterfoil_engine::{
    Plan,
    answers::{Data, Entries},
};

use crate::{case::Case, root};

/// A form, compiled.
pub struct Form {
    /// The published plan.
    pub published: String,
    /// The plan, loaded from it.
    pub plan: Plan,
    /// What its tests and published cases evaluate.
    pub cases: Vec<Case>,
    /// The folder of cases on which sides once differed.
    pub fixtures: PathBuf,
}

/// The ids of the project's forms.
///
/// # Errors
/// Where the folder cannot be read.
pub fn ids() -> Result<Vec<String>> {
    let mut ids = Vec::new();
    for entry in root().join("forms").read_dir()? {
        let entry = entry?;
        if entry.path().join("form.yaml").exists() {
            ids.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    ids.sort();
    Ok(ids)
}

/// Compiles a form and reads its cases.
///
/// # Errors
/// Where it cannot be read or has mistakes.
pub fn form(id: &str) -> Result<Form> {
    let folder = root().join("forms").join(id);
    let files = Files::on_disk(&folder)
        .with_context(|| format!("cannot read the form in {}", folder.display()))?;
    let compiled = compile(&files);
    let Some(published) = compiled.plan else {
        bail!(
            "the form {id} has mistakes:\n{}",
            render::human(&compiled.diagnostics, &compiled.sources, false)
        );
    };
    let published = published.to_json();
    let plan = Plan::from_json(&published)?;
    let tests = form_tests::run(&files, &plan).tests.into_iter();
    let mut cases: Vec<Case> = tests
        .map(|test| Case {
            answers: Data::Record(test.case.answers.0),
            context: context(&test.case.as_of.to_string(), test.case.facts),
        })
        .collect();
    let usual = cases.first().map(|case| case.context.clone());
    let folder = root().join("tests/conformance").join(id);
    if let (Ok(entries), Some(usual)) = (folder.read_dir(), usual) {
        for entry in entries {
            cases.extend(published_cases(
                &fs::read_to_string(entry?.path())?,
                &usual,
            )?);
        }
    }
    Ok(Form {
        published,
        plan,
        cases,
        fixtures: root().join("tests/parity/fixtures").join(id),
    })
}

fn context(as_of: &str, facts: Entries<'static>) -> Data {
    let mut context = vec![("as_of".into(), Data::text(as_of.to_owned()))];
    if !facts.is_empty() {
        context.push(("facts".into(), Data::Record(facts)));
    }
    Data::Record(context)
}

/// The cases of a file that the replay reads; other files have none.
fn published_cases(text: &str, usual: &Data) -> Result<Vec<Case>> {
    let lines = text.lines().filter(|line| line.starts_with('{'));
    let cases = lines.map(|line| {
        let line = Data::from_json(line)?;
        let day = line.get("as_of").and_then(Data::as_text);
        Ok(line.get("in").map(|answers| Case {
            answers: answers.clone(),
            context: day.map_or_else(|| usual.clone(), |day| context(day, Vec::new())),
        }))
    });
    cases.filter_map(Result::transpose).collect()
}

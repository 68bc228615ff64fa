//! Comparing the sides over many cases.

use std::{fs, path::PathBuf};

use anyhow::{Context as _, Result};
use counterfoil_engine::{Plan, answers::Data, hash::sha256_hex};
use indicatif::ProgressBar;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::{
    case::{Case, outcome},
    forms::Form,
    shrink::shrink,
    sides::Side,
};

/// Cases that are compared by one hash.
const BATCH: usize = 250;

/// A case on which sides once differed: it is compared first in every run from then on.
#[derive(Deserialize, Serialize)]
struct Fixture {
    answers: Box<RawValue>,
    context: Box<RawValue>,
}

/// A case on which a side differs from this process.
pub struct Difference {
    /// The case, as small as it could be made.
    pub case: Case,
    /// The file into which it was written.
    pub fixture: PathBuf,
    /// Where the module ran.
    pub side: &'static str,
    /// What this process makes of it.
    pub native: String,
    /// What the side makes of it.
    pub wasm: String,
}

/// Compares cases of a form on all sides. The first difference ends it.
///
/// # Errors
/// Where a side cannot be asked or the fixture cannot be written.
pub fn compare(
    form: &Form,
    sides: &mut [impl Side],
    mut cases: impl Iterator<Item = Case>,
    progress: &ProgressBar,
) -> Result<Option<Difference>> {
    for side in sides.iter_mut() {
        side.plan(&form.published)?;
    }
    loop {
        let batch: Vec<Case> = cases.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            return Ok(None);
        }
        let texts: Vec<_> = batch.iter().map(Case::texts).collect();
        for side in sides.iter_mut() {
            side.ask(&texts)?;
        }
        // The sides evaluate while this process does.
        let outcomes: Vec<String> = texts
            .iter()
            .map(|(answers, context)| outcome(&form.plan, answers, context))
            .collect();
        let hash = sha256_hex(outcomes.join("\0").as_bytes());
        let mut differing = Vec::new();
        for (index, side) in sides.iter_mut().enumerate() {
            if side.hash()? != hash {
                differing.push(index);
            }
        }
        if let Some(&index) = differing.first() {
            return difference(form, &mut sides[index], &batch).map(Some);
        }
        progress.inc(batch.len() as u64);
    }
}

fn difference(form: &Form, side: &mut impl Side, batch: &[Case]) -> Result<Difference> {
    let mut found = None;
    for case in batch {
        if differs(&form.plan, side, case)? {
            found = Some(case.clone());
            break;
        }
    }
    let case = found.context("a batch differs in its hash and in none of its cases")?;
    let case = shrink(case, |case| differs(&form.plan, side, case))?;
    let (answers, context) = case.texts();
    Ok(Difference {
        fixture: write_fixture(form, &case)?,
        side: side.name(),
        native: outcome(&form.plan, &answers, &context),
        wasm: side.outcome((answers, context))?,
        case,
    })
}

fn differs(plan: &Plan, side: &mut impl Side, case: &Case) -> Result<bool> {
    let (answers, context) = case.texts();
    let native = outcome(plan, &answers, &context);
    Ok(side.outcome((answers, context))? != native)
}

fn write_fixture(form: &Form, case: &Case) -> Result<PathBuf> {
    let (answers, context) = case.texts();
    let fixture = Fixture {
        answers: RawValue::from_string(answers)?,
        context: RawValue::from_string(context)?,
    };
    let mut text = serde_json::to_string_pretty(&fixture)?;
    text.push('\n');
    let folder = &form.fixtures;
    let number = folder.read_dir().map_or(0, Iterator::count) + 1;
    let file = folder.join(format!("{number:03}.json"));
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(&file, text))
        .with_context(|| format!("cannot write {}", file.display()))?;
    Ok(file)
}

/// The cases of a form on which sides once differed.
///
/// # Errors
/// Where a file cannot be read or is no such case.
pub fn fixtures(form: &Form) -> Result<Vec<Case>> {
    let Ok(entries) = form.fixtures.read_dir() else {
        return Ok(Vec::new());
    };
    let mut files: Vec<PathBuf> = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    files.sort();
    let read = |file: &PathBuf| -> Result<Case> {
        let fixture: Fixture = serde_json::from_str(&fs::read_to_string(file)?)?;
        Ok(Case {
            answers: Data::from_json(fixture.answers.get())?,
            context: Data::from_json(fixture.context.get())?,
        })
    };
    files
        .iter()
        .map(|file| read(file).with_context(|| format!("cannot read {}", file.display())))
        .collect()
}

#[cfg(test)]
mod tests {
    use anyhow::Result;
    use counterfoil_engine::{Plan, hash::sha256_hex};
    use indicatif::ProgressBar;

    use super::{compare, fixtures};
    use crate::{
        case::{Case, outcome},
        forms::{Form, form},
        generate::Generator,
        sides::Side,
    };

    /// A side that loses a digit wherever three stalls are answered.
    struct Faulty {
        plan: Plan,
        hash: String,
    }

    impl Side for Faulty {
        fn name(&self) -> &'static str {
            "faulty"
        }

        fn plan(&mut self, plan: &str) -> Result<()> {
            self.plan = Plan::from_json(plan)?;
            Ok(())
        }

        fn ask(&mut self, cases: &[(String, String)]) -> Result<()> {
            let outcomes: Result<Vec<_>> = cases
                .iter()
                .map(|case| self.outcome(case.clone()))
                .collect();
            self.hash = sha256_hex(outcomes?.join("\0").as_bytes());
            Ok(())
        }

        fn hash(&mut self) -> Result<String> {
            Ok(self.hash.clone())
        }

        fn outcome(&mut self, (answers, context): (String, String)) -> Result<String> {
            let outcome = outcome(&self.plan, &answers, &context);
            Ok(outcome.replace("\"stalls\":3", "\"stalls\":"))
        }
    }

    fn street_party(fixtures: &std::path::Path) -> Form {
        Form {
            fixtures: fixtures.join("street-party"),
            ..form("street-party").expect("the form is sound")
        }
    }

    #[test]
    fn a_single_wrong_byte_is_found_and_kept() {
        let folder = tempfile::tempdir().expect("a folder");
        let form = street_party(folder.path());
        let mut generator = Generator::new(form.plan.rules(), &form.cases, 7);
        let cases: Vec<Case> = std::iter::repeat_with(|| generator.case())
            .take(3_000)
            .collect();
        let faulty = Faulty {
            plan: Plan::from_json(&form.published).expect("the plan is sound"),
            hash: String::new(),
        };
        let progress = ProgressBar::hidden();
        let found = compare(&form, &mut [faulty], cases.into_iter(), &progress);
        let found = found.expect("the side answers").expect("it differs");
        let (answers, context) = found.case.texts();
        assert!(found.wasm.len() < found.native.len());
        // No less will do: stalls are asked where food is sold, on a day on which the form is in force.
        assert!(answers.len() < 50, "{answers}");
        assert!(context.len() < 30, "{context}");
        assert_eq!(fixtures(&form).expect("the file is sound"), [found.case]);
    }

    #[test]
    fn generated_cases_reach_far_and_are_the_same_for_a_seed() {
        let folder = tempfile::tempdir().expect("a folder");
        let form = street_party(folder.path());
        let cases = |seed| {
            let mut generator = Generator::new(form.plan.rules(), &form.cases, seed);
            std::iter::repeat_with(|| generator.case())
                .take(2_000)
                .collect::<Vec<_>>()
        };
        assert_eq!(cases(1), cases(1));
        assert_ne!(cases(1), cases(2));
        let outcomes: Vec<String> = cases(1)
            .iter()
            .map(|case| {
                let (answers, context) = case.texts();
                outcome(&form.plan, &answers, &context)
            })
            .collect();
        let with = |part: &str| outcomes.iter().filter(|text| text.contains(part)).count();
        for part in [
            "\"status\":\"complete\"",
            "\"status\":\"incomplete\"",
            "\"status\":\"invalid\"",
            "\"verdict\":\"eligible\"",
            "\"verdict\":\"ineligible\"",
            "\"ignored\":[\"",
            "\"code\":\"type\"",
            "\"code\":\"range\"",
            "\"code\":\"length\"",
            "\"code\":\"option\"",
            "ContextError",
            "EvaluateError",
        ] {
            assert!(with(part) > 10, "{part}: {}", with(part));
        }
    }
}

//! `counterfoil test`

mod annotations;
mod coverage;
mod differences;
mod suggestions;

use std::io::{self, Write};

use counterfoil_compiler::{
    Diagnostic, Severity, SourceMap,
    coverage::{Coverage, Places, impossible, measure},
    form_tests::{self, TestOutcome, TestResult, TestRun},
    render,
    search::Case,
    suggest::Suggestions,
};
use counterfoil_engine::observe::Observer;
use serde_json::{Value as Json, json};

use crate::{
    args::{FindingsFormat, Test},
    load::{self, Form},
    outcome::{Failure, Outcome},
    output::Out,
};

/// What came of one form.
struct Tested {
    run: TestRun,
    /// None where the form does not compile.
    coverage: Option<Coverage>,
    suggestions: Option<Suggestions>,
}

/// Runs the tests of every form, prints what differs and what they cover.
pub fn run(args: &Test, out: &mut Out) -> Result<Outcome, Failure> {
    if args
        .suggest
        .as_ref()
        .is_some_and(|file| !load::is_dash(file))
        && args.forms.len() > 1
    {
        return Err(Failure::with_help(
            "suggestions for several forms cannot go to one file",
            "name one form, or leave the file out to see them here",
        ));
    }
    let mut fine = true;
    let mut forms = Vec::new();
    let mut first_code = None;
    for path in &args.forms {
        let form = Form::read_any(path)?;
        if form.is_shared() {
            // The tests of the forms that use them test them; `test forms/*` names them too.
            if args.output.format == FindingsFormat::Human {
                let aside = out.styles.aside;
                let path = path.display();
                writeln!(
                    out,
                    "{aside}{path}: shared files, which have no tests of their own{aside:#}"
                )?;
            }
            continue;
        }
        let tested = test(&form, args)?;
        let covered = match (args.min_coverage, &tested.coverage) {
            (Some(least), Some(coverage)) => coverage.all.percent() >= usize::from(least),
            _ => true,
        };
        fine &= tested.run.passed() && covered;
        first_code = first_code.or(tested.run.diagnostics.first().map(|found| found.code.id));
        let form = path.display().to_string();
        match args.output.format {
            FindingsFormat::Json => forms.push(json_of(&form, &tested)),
            FindingsFormat::Github => annotations::print(out, &tested.run)?,
            FindingsFormat::Human => print(out, &form, &tested, args)?,
        }
        if let (Some(file), Some(suggestions)) = (&args.suggest, &tested.suggestions) {
            suggestions::write(out, file, suggestions, args.output.format)?;
        }
    }
    match (args.output.format, first_code) {
        (FindingsFormat::Json, _) => out.json(&json!({ "forms": forms }))?,
        (FindingsFormat::Human, Some(code)) => out.more_about(code)?,
        (FindingsFormat::Human | FindingsFormat::Github, _) => {}
    }
    Ok(Outcome::fine_if(fine))
}

/// The tests of a form; of one that does not compile, the diagnostics.
fn test(form: &Form, args: &Test) -> Result<Tested, Failure> {
    let compiled = form.compile();
    if compiled.plan.is_none() {
        return Ok(Tested {
            run: not_run(compiled.diagnostics, compiled.sources),
            coverage: None,
            suggestions: None,
        });
    }
    let plan = load::plan_of(&compiled)?;
    let mut run = form_tests::run(&form.files, &plan);
    run.sources = form.placed(run.sources);
    for test in &mut run.tests {
        test.file = form.place(&test.file);
    }
    let places = form.places(Places::new(&form.files));
    let observer = Observer::new(&plan);
    let impossible = impossible(&observer, &compiled.diagnostics, &places);
    let cases: Vec<Case> = run.tests.iter().map(|test| test.case.clone()).collect();
    let coverage = measure(&observer, &cases, &impossible, &places);
    let suggestions = args
        .suggest
        .is_some()
        .then(|| suggestions::of(&observer, &coverage, &run.tests, &places));
    Ok(Tested {
        run,
        coverage: Some(coverage),
        suggestions,
    })
}

const fn not_run(diagnostics: Vec<Diagnostic>, sources: SourceMap) -> TestRun {
    TestRun {
        tests: Vec::new(),
        diagnostics,
        sources,
    }
}

fn counts(run: &TestRun) -> (usize, usize) {
    let passed = run.tests.iter().filter(|test| test.passed()).count();
    (passed, run.tests.len() - passed)
}

fn json_of(form: &str, tested: &Tested) -> Json {
    let run = &tested.run;
    let (passed, failed) = counts(run);
    let tests: Vec<_> = run
        .tests
        .iter()
        .map(|test| {
            let (refused, differences) = match &test.outcome {
                TestOutcome::Passed => (None, [].as_slice()),
                TestOutcome::Failed(differences) => (None, differences.as_slice()),
                TestOutcome::Refused(message) => (Some(message), [].as_slice()),
            };
            json!({
                "test": test.test,
                "file": test.file,
                "line": test.line,
                "passed": test.passed(),
                "refused": refused,
                "differences": differences,
            })
        })
        .collect();
    let mut json = json!({
        "form": form,
        "passed": passed,
        "failed": failed,
        "diagnostics": render::json(&run.diagnostics, &run.sources),
        "tests": tests,
        "coverage": tested.coverage.as_ref().map(coverage::json),
    });
    if let Some(suggestions) = &tested.suggestions {
        json["suggestions"] = suggestions::json(suggestions);
    }
    json
}

fn print(out: &mut Out, form: &str, tested: &Tested, args: &Test) -> Result<(), Failure> {
    let run = &tested.run;
    let text = render::human(&run.diagnostics, &run.sources, out.colour);
    if !text.is_empty() {
        writeln!(out, "{}\n", text.trim_end())?;
    }
    for test in &run.tests {
        print_test(out, test)?;
    }
    let (passed, failed) = counts(run);
    let broken = run
        .diagnostics
        .iter()
        .any(|d| d.severity == Severity::Error);
    let style = if run.passed() {
        out.styles.good
    } else {
        out.styles.bad
    };
    let unread = if broken { ", and there are errors" } else { "" };
    writeln!(
        out,
        "{style}{form}{style:#}: {passed} passed, {failed} failed{unread}"
    )?;
    if let Some(coverage) = &tested.coverage {
        coverage::print(out, coverage, args.min_coverage)?;
    }
    Ok(())
}

fn print_test(out: &mut Out, test: &TestResult) -> io::Result<()> {
    let bad = out.styles.bad;
    let heading = |out: &mut Out| {
        writeln!(
            out,
            "{bad}failed{bad:#} {} ({}:{})",
            test.test, test.file, test.line
        )
    };
    match &test.outcome {
        TestOutcome::Passed => Ok(()),
        TestOutcome::Refused(message) => {
            heading(out)?;
            writeln!(out, "  {message}\n")
        }
        TestOutcome::Failed(differences) => {
            heading(out)?;
            for difference in differences {
                differences::print(out, difference)?;
            }
            writeln!(out)
        }
    }
}

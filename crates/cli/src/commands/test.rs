//! `counterfoil test`

use std::io::{self, Write};

use counterfoil_compiler::{
    Severity,
    form_tests::{self, Difference, TestOutcome, TestResult, TestRun},
    render,
};
use serde_json::{Value as Json, json};

use crate::{
    args::{Format, Test},
    load::{self, Form},
    outcome::{Failure, Outcome},
    output::Out,
};

/// Runs the tests of every form and prints what differs.
pub fn run(args: &Test, out: &mut Out) -> Result<Outcome, Failure> {
    let mut passed = true;
    let mut forms = Vec::new();
    for path in &args.forms {
        let run = run_form(&Form::read(path)?)?;
        passed &= run.passed();
        let form = path.display().to_string();
        match args.output.format {
            Format::Json => forms.push(json_of(&form, &run)),
            Format::Human => print(out, &form, &run)?,
        }
    }
    if args.output.format == Format::Json {
        out.json(&json!({ "forms": forms }))?;
    }
    Ok(Outcome::fine_if(passed))
}

/// The tests of a form; of one that does not compile, the diagnostics.
fn run_form(form: &Form) -> Result<TestRun, Failure> {
    let compiled = form.compile();
    if compiled.plan.is_none() {
        return Ok(TestRun {
            tests: Vec::new(),
            diagnostics: compiled.diagnostics,
            sources: compiled.sources,
        });
    }
    let mut run = form_tests::run(&form.files, &load::plan_of(&compiled)?);
    run.sources = form.placed(run.sources);
    Ok(run)
}

fn counts(run: &TestRun) -> (usize, usize) {
    let passed = run.tests.iter().filter(|test| test.passed()).count();
    (passed, run.tests.len() - passed)
}

fn json_of(form: &str, run: &TestRun) -> Json {
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
                "line": test.line,
                "passed": test.passed(),
                "refused": refused,
                "differences": differences,
            })
        })
        .collect();
    json!({
        "form": form,
        "passed": passed,
        "failed": failed,
        "diagnostics": render::json(&run.diagnostics, &run.sources),
        "tests": tests,
    })
}

fn print(out: &mut Out, form: &str, run: &TestRun) -> io::Result<()> {
    let text = render::human(&run.diagnostics, &run.sources, out.colour);
    if !text.is_empty() {
        writeln!(out, "{}\n", text.trim_end())?;
    }
    // Tests come from a file, the only one of the run.
    let file = run
        .sources
        .files()
        .next()
        .map_or("", |(_, file)| file.name());
    for test in &run.tests {
        print_test(out, file, test)?;
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
    )
}

fn print_test(out: &mut Out, file: &str, test: &TestResult) -> io::Result<()> {
    let bad = out.styles.bad;
    let heading = |out: &mut Out| {
        writeln!(
            out,
            "{bad}failed{bad:#} {} ({file}:{})",
            test.test, test.line
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
                print_difference(out, difference)?;
            }
            writeln!(out)
        }
    }
}

fn print_difference(out: &mut Out, difference: &Difference) -> io::Result<()> {
    let (good, bad) = (out.styles.good, out.styles.bad);
    let actual = difference.actual.as_deref().unwrap_or("nothing there");
    writeln!(out, "  {} (line {})", difference.path, difference.line)?;
    writeln!(out, "    expected  {good}{}{good:#}", difference.expected)?;
    writeln!(out, "    actual    {bad}{actual}{bad:#}")
}

//! What tests find, for GitHub.

use std::io::{self, Write};

use counterfoil_compiler::{
    Severity,
    form_tests::{Difference, TestOutcome, TestResult, TestRun},
    render::{self, Annotation},
    source::Position,
};

use crate::output::Out;

/// Prints an annotation for each finding, at the line of the expectation that is not met.
pub fn print(out: &mut Out, run: &TestRun) -> io::Result<()> {
    out.write_all(render::github(&run.diagnostics, &run.sources).as_bytes())?;
    for test in &run.tests {
        match &test.outcome {
            TestOutcome::Passed => {}
            TestOutcome::Refused(message) => annotate(out, test, test.line, message)?,
            TestOutcome::Failed(differences) => {
                for difference in differences {
                    let actual = difference.actual.as_deref().unwrap_or("nothing there");
                    let Difference { path, expected, .. } = difference;
                    let because = difference.because.as_deref();
                    let because =
                        because.map_or_else(String::new, |text| format!("\nbecause {text}"));
                    let message = format!("{path}\nexpected {expected}\nactual {actual}{because}");
                    annotate(out, test, difference.line, &message)?;
                }
            }
        }
    }
    Ok(())
}

fn annotate(out: &mut Out, test: &TestResult, line: usize, message: &str) -> io::Result<()> {
    let annotation = Annotation {
        severity: Severity::Error,
        file: &test.file,
        start: Position { line, column: 1 },
        end: None,
        title: &format!("failed: {}", test.test),
        message,
    };
    writeln!(out, "{annotation}")
}

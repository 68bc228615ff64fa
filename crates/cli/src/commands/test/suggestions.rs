//! Suggested tests: found, printed, written to a file.

use std::{fs, io::Write, path::Path};

use counterfoil_compiler::{
    coverage::{Coverage, Places},
    form_tests::TestResult,
    search::{Case, Options},
    suggest::{Suggestions, append, document, suggest},
};
use counterfoil_engine::{answers::Data, observe::Observer};
use serde_json::{Value as Json, json};

use crate::{args::FindingsFormat, load, outcome::Failure, output::Out};

/// Suggestions for what a form's tests leave out.
pub fn of(
    observer: &Observer<'_>,
    coverage: &Coverage,
    tests: &[TestResult],
    places: &Places,
) -> Suggestions {
    let known: Vec<Case> = tests.iter().map(|test| test.case.clone()).collect();
    let names: Vec<String> = tests.iter().map(|test| test.test.clone()).collect();
    let options = Options::on(load::usual_day(observer.plan(), tests));
    suggest(observer, &coverage.gaps, &known, &names, options, places)
}

/// The suggestions as JSON.
pub fn json(suggestions: &Suggestions) -> Json {
    let tests: Vec<Json> = suggestions
        .tests
        .iter()
        .map(|suggestion| {
            json!({
                "test": suggestion.test,
                "covers": suggestion.covers,
                "as_of": suggestion.case.as_of,
                "facts": Data::Record(suggestion.case.facts.clone()),
                "answers": Data::Record(suggestion.case.answers.0.clone()),
                "expect": suggestion.expect,
            })
        })
        .collect();
    json!({ "tests": tests, "unreached": suggestions.unreached })
}

/// Writes the suggestions to the end of a file, or prints them; says what was left out.
pub fn write(
    out: &mut Out,
    file: &Path,
    suggestions: &Suggestions,
    format: FindingsFormat,
) -> Result<(), Failure> {
    let tests = &suggestions.tests;
    let human = format == FindingsFormat::Human;
    if load::is_dash(file) {
        if human && !tests.is_empty() {
            write!(out, "\n{}", document(tests))?;
        }
    } else if !tests.is_empty() {
        let known = match fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(Failure::file("cannot read the tests", file, &error)),
        };
        let written = append(&known, tests).ok_or_else(|| {
            Failure::with_help(
                format!(
                    "cannot add tests to {}: its tests stand in brackets",
                    file.display()
                ),
                "write the tests one below the other, each as `- test: …`, and try again",
            )
        })?;
        fs::write(file, written)
            .map_err(|error| Failure::file("cannot write the tests", file, &error))?;
    }
    if !human {
        return Ok(());
    }
    if tests.is_empty() && suggestions.unreached.is_empty() {
        writeln!(out, "  nothing to suggest: all is covered")?;
    } else if !load::is_dash(file) {
        let count = tests.len();
        let noun = if count == 1 { "test" } else { "tests" };
        writeln!(
            out,
            "  {count} {noun} written to {}; confirm that each result is right",
            file.display()
        )?;
    }
    for gap in &suggestions.unreached {
        writeln!(out, "  no answers found for: {}", gap.text)?;
    }
    Ok(())
}

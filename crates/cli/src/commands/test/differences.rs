//! What a test expects against what the report has, for people.

use std::io::{self, Write};

use counterfoil_compiler::form_tests::Difference;
use serde_json::Value as Json;

use crate::output::Out;

/// Prints a difference: two values one below the other, or two lists entry by entry.
pub fn print(out: &mut Out, difference: &Difference) -> io::Result<()> {
    let (good, bad) = (out.styles.good, out.styles.bad);
    writeln!(out, "  {} (line {})", difference.path, difference.line)?;
    let list = |text: &str| match serde_json::from_str(text) {
        Ok(Json::Array(items)) => Some(items),
        _ => None,
    };
    let actual = difference.actual.as_deref();
    if let (Some(expected), Some(actual)) = (list(&difference.expected), actual.and_then(list)) {
        return lists(out, &expected, &actual);
    }
    let actual = actual.unwrap_or("nothing there");
    writeln!(out, "    expected  {good}{}{good:#}", difference.expected)?;
    writeln!(out, "    actual    {bad}{actual}{bad:#}")?;
    match &difference.because {
        Some(because) => writeln!(out, "    because   {because}"),
        None => Ok(()),
    }
}

/// Entries that both have stand as they are; `-` is expected and not there, `+` there and not expected.
fn lists(out: &mut Out, expected: &[Json], actual: &[Json]) -> io::Result<()> {
    let (good, bad) = (out.styles.good, out.styles.bad);
    writeln!(out, "    {good}- expected{good:#}, {bad}+ actual{bad:#}")?;
    let mut rest = actual;
    for item in expected {
        match rest.iter().position(|other| other == item) {
            Some(at) => {
                for extra in &rest[..at] {
                    writeln!(out, "    {bad}+ {extra}{bad:#}")?;
                }
                writeln!(out, "      {item}")?;
                rest = &rest[at + 1..];
            }
            None => writeln!(out, "    {good}- {item}{good:#}")?,
        }
    }
    for extra in rest {
        writeln!(out, "    {bad}+ {extra}{bad:#}")?;
    }
    Ok(())
}

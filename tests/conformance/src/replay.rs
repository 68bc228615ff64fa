//! Holding results against what was expected, and both sides' reports against each other.

use std::fmt;

use counterfoil_engine::{Report, plan::Rules};

use crate::{
    cases::Case,
    difference::differences,
    values,
    workload::{Expects, Workload},
};

/// At most so many cases that do not hold are described.
const SHOWN_CASES: usize = 10;
/// At most so many differences of one case are described.
const SHOWN_DIFFERENCES: usize = 5;

/// How many cases hold, and what is wrong with the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// How many cases there are.
    pub cases: usize,
    /// What does not hold.
    pub failures: Vec<Failure>,
}

/// A case that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The number of its line, counted from 1.
    pub line: usize,
    /// What its set calls it.
    pub id: Option<String>,
    /// What is other than it should be.
    pub differences: Vec<String>,
}

impl Outcome {
    /// Whether every case holds.
    pub fn all_hold(&self) -> bool {
        self.failures.is_empty()
    }

    fn collect(cases: &[Case<'_>], found: impl IntoIterator<Item = Vec<String>>) -> Self {
        let mut outcome = Self {
            cases: cases.len(),
            ..Self::default()
        };
        for (index, (case, differences)) in cases.iter().zip(found).enumerate() {
            if !differences.is_empty() {
                outcome.failures.push(Failure {
                    line: index + 1,
                    id: case.id.clone(),
                    differences,
                });
            }
        }
        outcome
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let holding = self.cases - self.failures.len();
        write!(f, "{holding} of {} hold", self.cases)?;
        for failure in self.failures.iter().take(SHOWN_CASES) {
            let place = match &failure.id {
                Some(id) => format!("line {} ({id})", failure.line),
                None => format!("line {}", failure.line),
            };
            for difference in failure.differences.iter().take(SHOWN_DIFFERENCES) {
                write!(f, "\n  {place}: {difference}")?;
            }
            if let Some(more @ 1..) = failure.differences.len().checked_sub(SHOWN_DIFFERENCES) {
                write!(f, "\n  {place}: and {more} more")?;
            }
        }
        if let Some(more @ 1..) = self.failures.len().checked_sub(SHOWN_CASES) {
            write!(f, "\n  and {more} more lines")?;
        }
        Ok(())
    }
}

/// Holds reports, as JSON, against the results that the cases expect.
///
/// # Panics
/// Where there is not one report a case.
pub fn against_results(
    workload: &Workload,
    rules: &Rules,
    cases: &[Case<'_>],
    reports: &[String],
) -> Outcome {
    assert_eq!(cases.len(), reports.len(), "one report a case");
    let found = cases.iter().zip(reports).map(|(case, report)| {
        let expected = case.result.get();
        match Report::from_json(report) {
            Ok(report) => match workload.expects {
                Expects::Values => values::differences(rules, expected, &report),
                Expects::Line(line) => differences(expected, &line(rules, &report)),
            },
            Err(error) => vec![format!("no report: {error}")],
        }
    });
    Outcome::collect(cases, found)
}

/// Holds the reports of two sides against each other, byte for byte.
///
/// # Panics
/// Where there is not one report a case on both sides.
pub fn against_each_other(cases: &[Case<'_>], native: &[String], wasm: &[String]) -> Outcome {
    assert_eq!(cases.len(), native.len(), "one report a case");
    assert_eq!(cases.len(), wasm.len(), "one report a case on both sides");
    let found = native.iter().zip(wasm).map(|(a, b)| differences(a, b));
    Outcome::collect(cases, found)
}

//! Holding results against what was expected, and both sides' reports against each other.

use std::fmt;

use counterfoil_engine::{Report, plan::Rules};

use crate::{Workload, cases::Case, difference::differences};

/// At most so many cases that do not hold are described.
const SHOWN_CASES: usize = 10;
/// At most so many differences of one case are described.
const SHOWN_DIFFERENCES: usize = 5;

/// How many cases hold, and what is wrong with the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// How many cases there are.
    pub cases: usize,
    /// What does not hold: the number of the line, counted from 1, and the differences.
    pub failures: Vec<(usize, Vec<String>)>,
}

impl Outcome {
    /// Whether every case holds.
    pub fn all_hold(&self) -> bool {
        self.failures.is_empty()
    }

    fn collect(found: impl IntoIterator<Item = Vec<String>>) -> Self {
        let mut outcome = Self::default();
        for differences in found {
            outcome.cases += 1;
            if !differences.is_empty() {
                outcome.failures.push((outcome.cases, differences));
            }
        }
        outcome
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let holding = self.cases - self.failures.len();
        write!(f, "{holding} of {} hold", self.cases)?;
        for (line, differences) in self.failures.iter().take(SHOWN_CASES) {
            for difference in differences.iter().take(SHOWN_DIFFERENCES) {
                write!(f, "\n  line {line}: {difference}")?;
            }
            if let Some(more @ 1..) = differences.len().checked_sub(SHOWN_DIFFERENCES) {
                write!(f, "\n  line {line}: and {more} more")?;
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
    Outcome::collect(cases.iter().zip(reports).map(|(case, report)| {
        match Report::from_json(report) {
            Ok(report) => differences(case.result.get(), &(workload.result_line)(rules, &report)),
            Err(error) => vec![format!("no report: {error}")],
        }
    }))
}

/// Holds the reports of two sides against each other, byte for byte.
///
/// # Panics
/// Where one side has more reports than the other.
pub fn against_each_other(native: &[String], wasm: &[String]) -> Outcome {
    assert_eq!(native.len(), wasm.len(), "one report a case on both sides");
    Outcome::collect(native.iter().zip(wasm).map(|(a, b)| differences(a, b)))
}

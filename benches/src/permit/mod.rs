//! The building permit's rules as a good engineer would write them by hand: structs, integer cents, no
//! form. It is the limit that the engine is measured against, and gives the workload's short result line or the
//! whole report that the engine gives.

// The workload defines its decimals by doubles, from which whole hundredths are made at once.
#![allow(clippy::float_arithmetic)]

mod checks;
mod fees;
mod report;
mod shapes;
mod submission;

use std::borrow::Cow;

use serde::Serialize;

use self::checks::Checker;
pub use self::{report::report, submission::Submission};

/// The workload's result line.
#[derive(Serialize)]
pub struct Outcome {
    valid: bool,
    errors: Vec<(Cow<'static, str>, &'static str)>,
    eligible: bool,
    reasons: Vec<&'static str>,
    fee_cents: Option<i64>,
    lines: Vec<(&'static str, i64)>,
}

/// The short line for a submission as text; none where it is no submission.
pub fn line(text: &str) -> Option<String> {
    let submission: Submission<'_> = serde_json::from_str(text).ok()?;
    serde_json::to_string(&evaluate(&submission)).ok()
}

/// Evaluates a submission.
pub fn evaluate(s: &Submission<'_>) -> Outcome {
    let mut check = Checker::default();
    let facts = check.all(s);
    let mut outcome = Outcome {
        valid: check.errors.is_empty(),
        errors: check.errors,
        eligible: false,
        reasons: Vec::new(),
        fee_cents: None,
        lines: Vec::new(),
    };
    if !outcome.valid {
        return outcome;
    }
    outcome.reasons = fees::reasons(s, &facts);
    outcome.eligible = outcome.reasons.is_empty();
    if outcome.eligible {
        outcome.lines = fees::lines(s, &facts);
        outcome.fee_cents = Some(outcome.lines.iter().map(|(_, cents)| cents).sum());
    }
    outcome
}

/// What checking has read, in hundredths.
#[derive(Default)]
struct Facts {
    site_area: i64,
    flood_elevation: i64,
    parking: i64,
    declared: i64,
    structures: Vec<Built>,
}

struct Built {
    use_class: Use,
    floor_area: i64,
    storeys: i64,
    value: i64,
}

#[derive(Clone, Copy, PartialEq)]
enum Use {
    Dwelling,
    Multifamily,
    Commercial,
    Industrial,
    Accessory,
}

impl Use {
    fn of(text: &str) -> Option<Self> {
        Some(match text {
            "dwelling" => Self::Dwelling,
            "multifamily" => Self::Multifamily,
            "commercial" => Self::Commercial,
            "industrial" => Self::Industrial,
            "accessory" => Self::Accessory,
            _ => return None,
        })
    }

    const fn needs_parking(self) -> bool {
        matches!(self, Self::Multifamily | Self::Commercial)
    }
}

//! Evaluation.

use std::fmt;

use crate::{
    answers::Answers,
    context::Context,
    date::Day,
    plan::{Period, Plan},
    report::Report,
};

/// The form cannot be evaluated on that day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EvaluateError {
    /// The day asked for.
    pub as_of: Day,
    /// The days on which the form is in force.
    pub effective: Period,
}

impl fmt::Display for EvaluateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = |day: Option<Day>| day.map_or_else(|| "…".to_owned(), |day| day.to_string());
        write!(
            f,
            "the form is in force from {} to {}, not on {}",
            end(self.effective.from),
            end(self.effective.to),
            self.as_of
        )
    }
}

impl std::error::Error for EvaluateError {}

/// Evaluates answers under a plan.
///
/// # Errors
/// Where `as_of` is outside the form's effective days.
pub fn evaluate(
    plan: &Plan,
    answers: &Answers,
    context: &Context,
) -> Result<Report, EvaluateError> {
    let _ = (plan, answers, context);
    unimplemented!()
}

//! Evaluation: a program's steps over a set of answers, put together as a report.

mod assemble;
mod calendar;
mod expression;
mod functions;
mod held;
mod hidden;
mod needs;
mod notes;
mod reading;
mod reading_dates;
mod rows;
mod run;
mod scope;
mod sent;
mod state;
mod tables;
mod text;

use std::fmt;

pub(crate) use assemble::{
    Collected, account, decision, empty, further_errors, group_values, report as report_of, status,
    value,
};
pub(crate) use expression::known_day;
pub(crate) use held::Held;
pub use hidden::{hidden, undecided_pages};
pub(crate) use hidden::{hidden_field, hidden_group};
pub(crate) use reading::is_blank;
pub(crate) use run::{Asked, Evaluation, Outcome, RecordAt, period_on, placeholders};
pub(crate) use scope::{At, Locals};
pub(crate) use state::{Datum, State, to_data};
pub(crate) use tables::matching_row;

use crate::{
    answers::AnswersOf,
    context::Context,
    date::Day,
    plan::{Period, Plan},
    report::{Report, ReportOf},
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
    answers: &AnswersOf<'_>,
    context: &Context,
) -> Result<Report, EvaluateError> {
    evaluate_borrowed(plan, answers, context).map(ReportOf::into_owned)
}

/// The same, with a report that borrows its texts from the plan, the answers and the context: for who
/// writes it out at once.
///
/// # Errors
/// Where `as_of` is outside the form's effective days.
pub fn evaluate_borrowed<'a>(
    plan: &'a Plan,
    answers: &'a AnswersOf<'a>,
    context: &'a Context,
) -> Result<ReportOf<'a>, EvaluateError> {
    check_day(plan, context)?;
    let evaluation = Evaluation::run(plan.program(), answers, context);
    Ok(report_of(plan, evaluation))
}

/// Evaluates answers under a plan, and counts the work that it takes, which is within [`Plan::work`].
///
/// # Errors
/// Where `as_of` is outside the form's effective days.
pub fn evaluate_metered(
    plan: &Plan,
    answers: &AnswersOf<'_>,
    context: &Context,
) -> Result<(Report, u64), EvaluateError> {
    check_day(plan, context)?;
    let evaluation = Evaluation::run(plan.program(), answers, context);
    let (report, work) = assemble::metered(plan, evaluation);
    Ok((report.into_owned(), work))
}

/// Refuses a day on which the form is not in force.
pub(crate) fn check_day(plan: &Plan, context: &Context) -> Result<(), EvaluateError> {
    let effective = plan.program().effective;
    let as_of = context.as_of;
    if effective.from.is_some_and(|from| as_of < from) || effective.to.is_some_and(|to| as_of > to)
    {
        return Err(EvaluateError { as_of, effective });
    }
    Ok(())
}

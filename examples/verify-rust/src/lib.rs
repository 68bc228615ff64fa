//! Checks a submission: everything that a server needs is one call to the engine.

use std::error::Error;

use counterfoil_engine::{Answers, Context, Plan, Report, evaluate, report::Status};

/// Evaluates answers under a plan, as the office would, on the day `as_of` (`YYYY-MM-DD`).
///
/// # Errors
/// Where the plan or the answers cannot be read, or the form is not in force on that day.
pub fn verify(plan: &str, answers: &str, as_of: &str) -> Result<Report, Box<dyn Error>> {
    let plan = Plan::from_json(plan)?;
    let answers = Answers::from_json(answers)?;
    let context = Context::on(as_of.parse()?);
    Ok(evaluate(&plan, &answers, &context)?)
}

/// Whether the office may take the submission, and what it costs.
pub fn summary(report: &Report) -> String {
    let total = report.fees.as_ref().and_then(|fees| fees.total.as_deref());
    match (report.status, total) {
        (Status::Complete, Some(total)) => format!("complete, {total} to pay"),
        (Status::Complete, None) => "complete, nothing to pay yet".to_owned(),
        (Status::Incomplete, _) => format!("incomplete, {} answers missing", report.missing.len()),
        (Status::Invalid, _) => format!("invalid, {} errors", report.errors.len()),
    }
}

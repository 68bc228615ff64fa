//! The whole report that the engine gives, written by hand.

mod answers;
mod found;
mod outcome;
mod write;

use self::{
    found::Found,
    outcome::{Sums, fees, permit, values},
    write::{plain, quoted},
};
use super::Submission;

/// The whole report for a submission as text, byte for byte the engine's; none where it is no submission.
///
/// `plan` is the plan's id, which changes with the form; `as_of` is the day of evaluation, `YYYY-MM-DD`, in
/// 2024 or later, on which nothing else depends.
///
/// It does what the published submissions need. The engine goes on where this gives no report: it gives
/// `type` errors for texts where there is no text and for lists where there is no list, `unknown` errors for
/// keys off the form and `duplicate` errors. It also takes decimals as texts, and has LF for other ends of
/// lines.
pub fn report(text: &str, plan: &str, as_of: &str) -> Option<String> {
    let submission: Submission<'_> = serde_json::from_str(text).ok()?;
    let mut found = Found::new();
    let known = answers::read(&submission, &mut found);
    let sums = Sums::of(&known);
    let mut out = String::with_capacity(4_096);
    out.push_str(r#"{"form":"building-permit","plan":"#);
    quoted(&mut out, plan);
    out.push_str(r#","semantics":1,"as_of":"#);
    quoted(&mut out, as_of);
    out.push_str(r#","status":"#);
    let status = if found.errors != "[" {
        "invalid"
    } else if found.missing != "[" {
        "incomplete"
    } else {
        "complete"
    };
    plain(&mut out, status);
    out.push_str(r#","errors":"#);
    out.push_str(&found.errors);
    out.push_str(r#"],"missing":"#);
    out.push_str(&found.missing);
    out.push_str(r#"],"ignored":"#);
    out.push_str(&found.ignored);
    out.push_str(r#"],"answers":"#);
    out.push_str(&found.answers);
    out.push_str(r#"},"values":"#);
    values(&mut out, &known, &sums);
    out.push_str(r#","decisions":"#);
    let verdict = permit(&mut out, &known, &sums);
    out.push_str(r#","fees":"#);
    fees(&mut out, &known, verdict);
    out.push('}');
    Some(out)
}

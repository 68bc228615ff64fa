//! Sending the answers.

use std::collections::BTreeMap;

use axum::{http::StatusCode, response::Response};
use counterfoil_engine::{Report, hash::sha256_hex, report::Status};
use counterfoil_html::{control, journey::Outcome, page};

use super::{
    Failure, check::expired, confirmation, posted::Posted, session::random_hex, visit::Visit,
};
use crate::{
    api::submissions::is_sha256,
    figures::mismatches,
    problem::Mismatch,
    submission::{Refusal, Sent, stopping_decisions, take},
};

/// Names of the figures that a page was drawn with begin so.
const SHOWN: &str = "shown.";

/// Leads whoever comes to the address without a post to where the answers are checked.
pub async fn back(visit: Visit) -> Response {
    visit.redirect(&visit.links().check_answers())
}

/// Sends the draft, once: a repeated post leads to the same confirmation.
pub async fn send(mut visit: Visit, posted: Posted) -> Result<Response, Failure> {
    if !visit.begun {
        return Ok(match &visit.submitted {
            Some(reference) => visit.redirect(&confirmation::address(&visit, reference)),
            None => expired(&visit),
        });
    }
    // A page that was drawn for another draft, or under another plan, sends nothing.
    if posted.first(control::KEY) != Some(&visit.draft.submission_key) {
        return Ok(visit.redirect(&visit.links().check_answers()));
    }
    let outcome = visit.outcome()?;
    let answers = outcome.answers.to_json();
    let shown = shown(&outcome.report, &posted);
    let report_sha256 = posted
        .first(control::REPORT_SHA256)
        .filter(|hash| is_sha256(hash));
    let sendable = outcome.report.status == Status::Complete
        && stopping_decisions(&visit.plan, &outcome.report).is_empty();
    // What differs from what the person saw is shown before it is sent, be it only the day.
    if sendable && report_sha256.is_some_and(|hash| hash != outcome.report.sha256()) {
        return Ok(differing(
            &visit,
            &outcome,
            &mismatches(&shown, &outcome.report),
        ));
    }
    let request_sha256 = sha256_hex(answers.as_bytes());
    let session = visit.session_sha256();
    let sent = Sent {
        form: &visit.form,
        plan: visit.plan.id(),
        answers: &answers,
        shown: &shown,
        report_sha256,
        idempotency: Some((&visit.draft.submission_key, &request_sha256)),
        session_sha256: session.as_deref(),
    };
    let reference = match take(&visit.office, &sent).await {
        Ok(taken) => taken.submission.reference,
        Err(Refusal::KeyReused) => {
            // The draft was changed in another window while it was being sent: it is another one now.
            visit.draft.submission_key = random_hex()?;
            visit.save().await?;
            return Ok(visit.redirect(&visit.links().check_answers()));
        }
        Err(refusal) => return refused(&visit, refusal),
    };
    visit.finish(&reference).await?;
    Ok(visit.redirect(&confirmation::address(&visit, &reference)))
}

fn refused(visit: &Visit, refusal: Refusal) -> Result<Response, Failure> {
    let outcome = visit.outcome()?;
    let drawn = visit.drawn(&outcome);
    match refusal {
        Refusal::FigureDiffers(_, mismatches) => Ok(differing(visit, &outcome, &mismatches)),
        Refusal::NotEligible(..) => {
            let back = visit.links().check_answers();
            let stopped = page::Stopped { back: &back };
            let content = visit.draw(&drawn, |view| page::stopped(view, &stopped));
            Ok(visit.page(StatusCode::UNPROCESSABLE_ENTITY, &content))
        }
        Refusal::NotInForce(_) => Ok(visit.closed()),
        // The page where the answers are checked says what is wrong or missing.
        Refusal::Refused(_) | Refusal::Answers(_) => {
            Ok(visit.redirect(&visit.links().check_answers()))
        }
        Refusal::UnknownPlan | Refusal::KeyReused | Refusal::Random => Err(Failure::Failed),
        Refusal::Store(error) => Err(error.into()),
    }
}

/// The totals that the page showed. One that a page of ours would have sent and this post lacks counts
/// as not shown.
fn shown(report: &Report, posted: &Posted) -> BTreeMap<String, Option<String>> {
    let accounts = [
        ("fees.total", &report.fees),
        ("entitlements.total", &report.entitlements),
    ];
    let mut shown: BTreeMap<_, _> = accounts
        .into_iter()
        .filter(|(_, account)| account.is_some())
        .map(|(path, _)| (path.to_owned(), None))
        .collect();
    shown.extend(posted.0.iter().filter_map(|(name, value)| {
        let value = Some(value).filter(|value| !value.is_empty());
        Some((name.strip_prefix(SHOWN)?.to_owned(), value.cloned()))
    }));
    shown
}

/// The page that shows what has changed and asks again; nothing was sent.
fn differing(visit: &Visit, outcome: &Outcome, mismatches: &[Mismatch]) -> Response {
    let content = if mismatches.is_empty() {
        let texts = visit.plan.texts_or_default(&visit.locale);
        page::outdated(texts, &visit.links().check_answers())
    } else {
        let differences: Vec<_> = mismatches.iter().map(difference).collect();
        let key = Some(visit.draft.submission_key.as_str());
        visit.draw(&visit.drawn(outcome), |view| {
            page::changed(view, &differences, key)
        })
    };
    visit.page(StatusCode::CONFLICT, &content)
}

fn difference(mismatch: &Mismatch) -> page::Difference<'_> {
    page::Difference {
        path: &mismatch.path,
        shown: mismatch.shown.as_deref().unwrap_or_default(),
        computed: mismatch.computed.as_deref(),
    }
}

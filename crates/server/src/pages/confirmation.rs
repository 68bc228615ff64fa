//! What a person keeps after sending.

use std::{collections::BTreeSet, sync::Arc};

use axum::{
    extract::{FromRequestParts, Path},
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use counterfoil_engine::{Plan, Report, hash::sha256_hex, words};
use counterfoil_html::page;

use super::{Failure, frame::Drawn, frame::Frame, session::Session};
use crate::{office::Office, receipt::Record, reference::Reference, store::Submission};

/// The address of a confirmation.
pub fn address(frame: &Frame, reference: &str) -> String {
    format!("{}/confirmation/{reference}", frame.links().check_answers())
}

/// A submission that the asking browser has sent; nobody else sees it.
pub struct Sent {
    frame: Frame,
    submission: Submission,
}

impl FromRequestParts<Arc<Office>> for Sent {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, office: &Arc<Office>) -> Result<Self, Failure> {
        let parameters = Path::<(String, String)>::from_request_parts(parts, office).await;
        let Ok(Path((form, reference))) = parameters else {
            return Err(Failure::NotFound);
        };
        let reference = Reference::parse(&reference).ok_or(Failure::NotFound)?;
        let session = Session::of(&parts.headers).ok_or(Failure::NotFound)?;
        let submission = office
            .store
            .submission_of_session(&form, reference.as_str(), &session.sha256())
            .await?
            .ok_or(Failure::NotFound)?;
        // The case stays under the plan that it was decided under, whatever the form has become.
        let plan: Arc<Plan> = office
            .catalogue
            .plan(&submission.plan)
            .await?
            .ok_or(Failure::Failed)?;
        let frame = Frame::new(office, &form, plan, parts);
        Ok(Self { frame, submission })
    }
}

/// Shows the reference, the receipt and both halves' hashes.
pub async fn show(Sent { frame, submission }: Sent) -> Result<Response, Failure> {
    let report = Report::from_json(&submission.report).map_err(|_| Failure::Failed)?;
    let words = words(&frame.plan, &frame.locale, &report);
    let address = address(&frame, &submission.reference);
    let receipt_href = format!("{address}/receipt");
    let confirmation = page::Confirmation {
        reference: &submission.reference,
        receipt: &submission.receipt,
        receipt_href: &receipt_href,
        shown_sha256: submission.client_report_sha256.as_deref(),
        office_sha256: &sha256_hex(submission.report.as_bytes()),
    };
    let drawn = Drawn {
        report: &report,
        words: &words,
        typed: &[],
        hidden: &BTreeSet::new(),
    };
    let content = frame.draw(&drawn, |view| page::confirmation(view, &confirmation));
    Ok(frame.page(StatusCode::OK, &content))
}

/// Gives the receipt with all that is needed to verify it later, as one file.
pub async fn receipt(Sent { frame, submission }: Sent) -> Result<Response, Failure> {
    let plan = frame
        .office
        .store
        .plan(&submission.plan)
        .await?
        .ok_or(Failure::Failed)?;
    let record = Record {
        receipt: submission.receipt,
        keys: frame.office.keys.public().clone(),
        answers: submission.answers,
        plan,
    };
    let name = format!(
        "attachment; filename=\"{}-{}.json\"",
        submission.form, submission.reference
    );
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    let json = record.to_json().map_err(|_| Failure::Failed)?;
    Ok((headers, json).into_response())
}

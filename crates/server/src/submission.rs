//! Taking a submission: the one way in, for the API and the pages alike.

use std::collections::BTreeMap;

use counterfoil_engine::{
    Answers, Context, Report,
    answers::AnswersError,
    evaluate,
    evaluate::EvaluateError,
    plan::{IfIneligible, Plan},
    report::{Status, Verdict},
};

use crate::{
    clock::day_in,
    figures::mismatches,
    office::Office,
    problem::Mismatch,
    receipt::Claims,
    reference::Reference,
    store::{Inserted, NewSubmission, StoreError, Submission, stamp},
};

/// What is sent.
#[derive(Clone, Debug)]
pub struct Sent<'a> {
    /// The form's id.
    pub form: &'a str,
    /// The plan that the sender used. A superseded plan is taken as well: a person who began under it
    /// may finish under it.
    pub plan: &'a str,
    /// The answers, one JSON object.
    pub answers: &'a str,
    /// Figures that the sender saw, by path.
    pub shown: &'a BTreeMap<String, Option<String>>,
    /// The hash of the report that the sender saw.
    pub report_sha256: Option<&'a str>,
    /// A key and the hash of the whole request: the same key is the same submission.
    pub idempotency: Option<(&'a str, &'a str)>,
    /// The session that may see the confirmation.
    pub session_sha256: Option<&'a str>,
}

/// Why nothing was taken.
#[derive(Debug)]
pub enum Refusal {
    /// No plan of that id was published for this form.
    UnknownPlan,
    /// The answers are not one JSON object.
    Answers(AnswersError),
    /// The form is not in force today.
    NotInForce(EvaluateError),
    /// The answers are invalid or incomplete.
    Refused(Box<Report>),
    /// These decisions stop an application that is not eligible.
    NotEligible(Box<Report>, Vec<String>),
    /// Figures that the sender saw differ from those computed.
    FigureDiffers(Box<Report>, Vec<Mismatch>),
    /// The idempotency key was used for another request.
    KeyReused,
    /// The store failed.
    Store(StoreError),
    /// No random bytes for a reference.
    Random,
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// A submission that is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The record.
    pub submission: Submission,
    /// Whether the record was there before, by the same idempotency key.
    pub before: bool,
}

/// Verifies what is sent under the plan that it names, on today's date, and stores it.
///
/// # Errors
/// Where it is not taken; nothing is stored then.
pub async fn take(office: &Office, sent: &Sent<'_>) -> Result<Taken, Refusal> {
    // A repeated send is answered as the first was, whatever the day or the forms have become since.
    if let Some((key, request)) = sent.idempotency
        && let Some(before) = office.store.submission_by_key(sent.form, key).await?
    {
        return repeated(before, request);
    }
    let plan = office
        .catalogue
        .plan(sent.plan)
        .await?
        .ok_or(Refusal::UnknownPlan)?;
    if plan.rules().form != sent.form {
        return Err(Refusal::UnknownPlan);
    }
    let now = office.now();
    let answers = Answers::from_json(sent.answers).map_err(Refusal::Answers)?;
    let context = Context::on(day_in(now, &plan.rules().timezone));
    let report = evaluate(&plan, &answers, &context).map_err(Refusal::NotInForce)?;
    let report = acceptable(&plan, report, sent.shown)?;

    let report_json = report.to_json();
    loop {
        let mut random = [0; 11];
        getrandom::fill(&mut random).map_err(|_| Refusal::Random)?;
        let reference = Reference::from_random(random);
        let claims = Claims::new(reference.as_str(), sent.answers, &report, stamp(now));
        let receipt = office.keys.sign(&claims);
        let new = NewSubmission {
            reference: reference.as_str(),
            form: sent.form,
            plan: sent.plan,
            as_of: report.as_of.to_string(),
            answers: sent.answers,
            report: &report_json,
            receipt: &receipt,
            client_report_sha256: sent.report_sha256,
            idempotency_key: sent.idempotency.map(|(key, _)| key),
            request_sha256: sent.idempotency.map(|(_, request)| request),
            session_sha256: sent.session_sha256,
        };
        match office.store.insert_submission(&new, now).await? {
            Inserted::New => {
                tracing::info!(
                    form = sent.form,
                    reference = reference.as_str(),
                    "submission stored"
                );
                let submission = Submission {
                    reference: reference.as_str().to_owned(),
                    form: sent.form.to_owned(),
                    plan: sent.plan.to_owned(),
                    answers: sent.answers.to_owned(),
                    report: new.report.to_owned(),
                    receipt: new.receipt.to_owned(),
                    client_report_sha256: new.client_report_sha256.map(str::to_owned),
                    request_sha256: new.request_sha256.map(str::to_owned),
                };
                return Ok(Taken {
                    submission,
                    before: false,
                });
            }
            Inserted::Before(before) => {
                return repeated(*before, new.request_sha256.unwrap_or_default());
            }
            Inserted::ReferenceTaken => {}
        }
    }
}

/// The report, if a submission with it can be taken.
fn acceptable(
    plan: &Plan,
    report: Report,
    shown: &BTreeMap<String, Option<String>>,
) -> Result<Report, Refusal> {
    if report.status != Status::Complete {
        return Err(Refusal::Refused(Box::new(report)));
    }
    let stopping = stopping_decisions(plan, &report);
    if !stopping.is_empty() {
        return Err(Refusal::NotEligible(Box::new(report), stopping));
    }
    let differing = mismatches(shown, &report);
    if !differing.is_empty() {
        return Err(Refusal::FigureDiffers(Box::new(report), differing));
    }
    Ok(report)
}

/// The decisions that take no application as the report stands.
pub fn stopping_decisions(plan: &Plan, report: &Report) -> Vec<String> {
    plan.rules()
        .decisions
        .iter()
        .filter(|decision| decision.if_ineligible == IfIneligible::Stop)
        .filter(|decision| {
            report.decisions.iter().any(|said| {
                said.decision == decision.decision && said.verdict == Verdict::Ineligible
            })
        })
        .map(|decision| decision.decision.clone())
        .collect()
}

fn repeated(before: Submission, request_sha256: &str) -> Result<Taken, Refusal> {
    if before.request_sha256.as_deref() != Some(request_sha256) {
        return Err(Refusal::KeyReused);
    }
    Ok(Taken {
        submission: before,
        before: true,
    })
}

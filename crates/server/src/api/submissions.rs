//! `POST /api/forms/{form}/submissions`.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use counterfoil_engine::{Report, hash::sha256_hex};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::{JsonBody, schema};
use crate::{
    office::Office,
    problem::{Code, Problem},
    submission::{Refusal, Sent, Taken, take},
};

/// Names one act of submitting.
pub const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Marks the answer to a repetition.
pub const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// A submission as it is sent.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SubmissionRequest<'a> {
    /// The id of the plan that the sender used. A superseded plan of the form is taken.
    pub plan: String,
    /// The answers: one object as the form's JSON Schema describes. Numbers keep their digits as written.
    #[serde(borrow)]
    #[schema(value_type = Object)]
    pub answers: &'a RawValue,
    /// Figures that the sender was shown, by path: `fees.total`, `fees.<line>`, `entitlements.…`,
    /// `values.<value>`, `decisions.<decision>`. Each is compared as text with the office's.
    #[serde(default)]
    #[schema(example = json!({"fees.total": "35.40"}))]
    pub shown: BTreeMap<String, Option<String>>,
    /// SHA-256 of the sender's own report, in 64 lower-case hexadecimal digits. It is kept, and the
    /// answer says whether it matches.
    #[serde(default)]
    pub report_sha256: Option<String>,
}

/// A submission that was taken.
#[derive(Debug, Serialize, ToSchema)]
pub struct SubmissionResponse {
    /// The submission's reference.
    #[schema(example = "7K3M-92QD-0XWT")]
    pub reference: String,
    /// The office's report, byte for byte as it is hashed.
    #[schema(value_type = schema::Report)]
    pub report: Box<RawValue>,
    /// SHA-256 of the report.
    pub report_sha256: String,
    /// Whether the sender's report has the same hash; absent where none was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub matches: Option<bool>,
    /// The signed receipt, a JWS in compact form.
    pub receipt: String,
}

/// Verifies a submission under its plan, stores it, and signs a receipt.
#[utoipa::path(
    post,
    path = "/api/forms/{form}/submissions",
    tag = "submissions",
    params(
        ("form" = String, Path, description = "The form's id"),
        ("Idempotency-Key" = Option<String>, Header, description = "1 to 255 visible ASCII characters; the same key with the same request gives the same submission"),
    ),
    request_body(content = SubmissionRequest<'_>),
    responses(
        (status = 201, description = "Stored, now or before; `Idempotency-Replayed: true` marks a repetition", body = SubmissionResponse),
        (status = 400, description = "`malformed-request`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`unknown-plan` or `figure-differs`", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "`body-too-large`", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "`unsupported-media-type`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`answers-refused` with the report, `not-eligible`, `not-in-force` or `key-reused`", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn create(
    State(office): State<Arc<Office>>,
    Path(form): Path<String>,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> Result<Response, Problem> {
    let key = idempotency_key(&headers)?;
    let request: SubmissionRequest<'_> = serde_json::from_slice(&body).map_err(malformed)?;
    if request
        .report_sha256
        .as_deref()
        .is_some_and(|hash| !is_sha256(hash))
    {
        return Err(Problem::new(
            Code::MalformedRequest,
            "`report_sha256` must be 64 lower-case hexadecimal digits",
        ));
    }
    let request_sha256 = sha256_hex(&body);
    let sent = Sent {
        form: &form,
        plan: &request.plan,
        answers: request.answers.get(),
        shown: &request.shown,
        report_sha256: request.report_sha256.as_deref(),
        idempotency: key.map(|key| (key, request_sha256.as_str())),
        session_sha256: None,
    };
    let taken = take(&office, &sent).await.map_err(problem)?;
    created(taken)
}

fn created(taken: Taken) -> Result<Response, Problem> {
    let submission = taken.submission;
    let report_sha256 = sha256_hex(submission.report.as_bytes());
    let response = SubmissionResponse {
        reference: submission.reference,
        report: RawValue::from_string(submission.report)
            .map_err(|_| Problem::bare(Code::Internal))?,
        matches: submission
            .client_report_sha256
            .map(|hash| hash == report_sha256),
        report_sha256,
        receipt: submission.receipt,
    };
    let mut response = (StatusCode::CREATED, Json(response)).into_response();
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if taken.before {
        response
            .headers_mut()
            .insert(REPLAYED, HeaderValue::from_static("true"));
    }
    Ok(response)
}

fn idempotency_key(headers: &HeaderMap) -> Result<Option<&str>, Problem> {
    let Some(value) = headers.get(IDEMPOTENCY_KEY) else {
        return Ok(None);
    };
    value
        .to_str()
        .ok()
        .filter(|key| (1..=255).contains(&key.len()))
        .map(Some)
        .ok_or_else(|| {
            Problem::new(
                Code::MalformedRequest,
                "`Idempotency-Key` must be 1 to 255 visible ASCII characters",
            )
        })
}

/// Whether a text is a SHA-256 as this office writes it.
pub fn is_sha256(text: &str) -> bool {
    text.len() == 64
        && text
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn malformed(error: serde_json::Error) -> Problem {
    Problem::new(Code::MalformedRequest, error.to_string())
}

fn problem(refusal: Refusal) -> Problem {
    match refusal {
        Refusal::UnknownPlan => Problem::bare(Code::UnknownPlan),
        Refusal::Answers(error) => {
            Problem::new(Code::MalformedRequest, format!("`answers`: {error}"))
        }
        Refusal::NotInForce(error) => Problem::new(Code::NotInForce, error.to_string()),
        Refusal::Refused(report) => with_report(Code::AnswersRefused, &report),
        Refusal::NotEligible(report, decisions) => Problem {
            decisions: decisions.into(),
            ..with_report(Code::NotEligible, &report)
        },
        Refusal::FigureDiffers(report, mismatches) => Problem {
            mismatches: mismatches.into(),
            ..with_report(Code::FigureDiffers, &report)
        },
        Refusal::KeyReused => Problem::bare(Code::KeyReused),
        Refusal::Store(error) => error.into(),
        Refusal::Random => Problem::bare(Code::Internal),
    }
}

fn with_report(code: Code, report: &Report) -> Problem {
    Problem {
        report: RawValue::from_string(report.to_json()).ok(),
        ..Problem::bare(code)
    }
}

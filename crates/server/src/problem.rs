//! Errors of the API: RFC 9457, `application/problem+json`.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

/// What went wrong, by its stable code. The problem's `type` is its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// The body is not JSON, or not of the shape that the operation takes.
    MalformedRequest,
    /// The body is not sent as `application/json`.
    UnsupportedMediaType,
    /// The body is larger than this office takes.
    BodyTooLarge,
    /// No such page, form or plan.
    NotFound,
    /// The address exists, but not for this method.
    MethodNotAllowed,
    /// The named plan was never published for this form.
    UnknownPlan,
    /// The form is not in force today.
    NotInForce,
    /// The answers are incomplete or invalid; `report` says where.
    AnswersRefused,
    /// A decision that must be eligible before anything is taken is not.
    NotEligible,
    /// A figure that the sender saw is not the one that the office computes.
    FigureDiffers,
    /// The idempotency key was used with another request.
    KeyReused,
    /// The office failed; nothing was stored.
    Internal,
}

impl Code {
    /// Every code, in the order of the documentation.
    pub const ALL: [Self; 12] = [
        Self::MalformedRequest,
        Self::UnsupportedMediaType,
        Self::BodyTooLarge,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::UnknownPlan,
        Self::NotInForce,
        Self::AnswersRefused,
        Self::NotEligible,
        Self::FigureDiffers,
        Self::KeyReused,
        Self::Internal,
    ];

    /// The address that names the kind of problem and describes it.
    pub const fn address(self) -> &'static str {
        self.parts().0
    }

    /// The status of the answer.
    pub const fn status(self) -> StatusCode {
        self.parts().1
    }

    /// One sentence that is the same for every occurrence.
    pub const fn title(self) -> &'static str {
        self.parts().2
    }

    const fn parts(self) -> (&'static str, StatusCode, &'static str) {
        match self {
            Self::MalformedRequest => (
                "/problems/malformed-request",
                StatusCode::BAD_REQUEST,
                "The request cannot be read",
            ),
            Self::UnsupportedMediaType => (
                "/problems/unsupported-media-type",
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "The request must be sent as application/json",
            ),
            Self::BodyTooLarge => (
                "/problems/body-too-large",
                StatusCode::PAYLOAD_TOO_LARGE,
                "The request is too large",
            ),
            Self::NotFound => (
                "/problems/not-found",
                StatusCode::NOT_FOUND,
                "There is nothing at this address",
            ),
            Self::MethodNotAllowed => (
                "/problems/method-not-allowed",
                StatusCode::METHOD_NOT_ALLOWED,
                "This address does not take that method",
            ),
            Self::UnknownPlan => (
                "/problems/unknown-plan",
                StatusCode::CONFLICT,
                "No plan of that id was published for this form",
            ),
            Self::NotInForce => (
                "/problems/not-in-force",
                StatusCode::UNPROCESSABLE_ENTITY,
                "The form is not in force today",
            ),
            Self::AnswersRefused => (
                "/problems/answers-refused",
                StatusCode::UNPROCESSABLE_ENTITY,
                "The answers are incomplete or invalid",
            ),
            Self::NotEligible => (
                "/problems/not-eligible",
                StatusCode::UNPROCESSABLE_ENTITY,
                "The form takes no application that is not eligible",
            ),
            Self::FigureDiffers => (
                "/problems/figure-differs",
                StatusCode::CONFLICT,
                "A figure that was shown is not the one computed here",
            ),
            Self::KeyReused => (
                "/problems/key-reused",
                StatusCode::UNPROCESSABLE_ENTITY,
                "The idempotency key was used for another request",
            ),
            Self::Internal => (
                "/problems/internal",
                StatusCode::INTERNAL_SERVER_ERROR,
                "The office failed; nothing was stored",
            ),
        }
    }
}

/// A figure that differs between the two halves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Mismatch {
    /// Which figure, such as `fees.total`.
    #[schema(example = "fees.total")]
    pub path: String,
    /// What the sender saw; `null` where it saw none.
    #[schema(example = "0.40")]
    pub shown: Option<String>,
    /// What the office computes; `null` where there is no such figure, or none yet.
    #[schema(example = "35.40")]
    pub computed: Option<String>,
}

/// A problem (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Names the kind of problem; the page at this address describes it.
    #[serde(rename = "type")]
    #[schema(example = "/problems/figure-differs")]
    pub type_: &'static str,
    /// The same sentence for every problem of the kind.
    pub title: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// What is wrong this time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The report, where the answers were evaluated.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<crate::api::schema::Report>)]
    pub report: Option<Box<RawValue>>,
    /// The figures that differ (`figure-differs`).
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    #[schema(value_type = Vec<Mismatch>)]
    pub mismatches: Box<[Mismatch]>,
    /// The decisions that stand in the way (`not-eligible`).
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    #[schema(value_type = Vec<String>)]
    pub decisions: Box<[String]>,
}

impl Problem {
    /// A problem of a kind, with what is wrong this time.
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self {
            detail: Some(detail.into()),
            ..Self::bare(code)
        }
    }

    /// A problem of a kind that needs no more words.
    pub fn bare(code: Code) -> Self {
        Self {
            type_: code.address(),
            title: code.title(),
            status: code.status().as_u16(),
            detail: None,
            report: None,
            mismatches: Box::default(),
            decisions: Box::default(),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(self)).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }
}

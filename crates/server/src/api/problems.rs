//! What each kind of problem means, at the address that its `type` names.

use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};

use crate::problem::{Code, Problem};

/// Describes a kind of problem as plain text.
#[utoipa::path(
    get,
    path = "/problems/{code}",
    tag = "problems",
    params(("code" = String, Path, description = "The last part of a problem's `type`")),
    responses(
        (status = 200, description = "What the problem means and what to do", body = String, content_type = "text/plain"),
        (status = 404, description = "No such kind of problem", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn describe(Path(code): Path<String>) -> Response {
    let Some(code) = Code::ALL
        .into_iter()
        .find(|known| known.address().strip_prefix("/problems/") == Some(&code))
    else {
        return Problem::bare(Code::NotFound).into_response();
    };
    let text = format!("{} ({})\n\n{}\n", code.title(), code.status(), advice(code));
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

const fn advice(code: Code) -> &'static str {
    match code {
        Code::MalformedRequest => {
            "`detail` says where. Send one JSON object with the members that /openapi.json names."
        }
        Code::UnsupportedMediaType => "Send the header `Content-Type: application/json`.",
        Code::BodyTooLarge => "No form of this office needs so much.",
        Code::NotFound => "Look at /api/forms for the forms of this office.",
        Code::MethodNotAllowed => "/openapi.json lists the methods of each address.",
        Code::UnknownPlan => {
            "Fetch /api/forms/{form}/plan and send its id. A superseded plan is taken, an unknown one is not."
        }
        Code::NotInForce => "`detail` says from when to when the form is in force.",
        Code::AnswersRefused => {
            "`report` lists what is wrong (`errors`) and what is missing (`missing`), each by its path."
        }
        Code::NotEligible => {
            "`decisions` lists the decisions that stand in the way; `report` has their rules."
        }
        Code::FigureDiffers => {
            "`mismatches` lists each figure with what was shown and what is computed. Nothing was stored. \
             Show the computed figures, ask again, and send those."
        }
        Code::KeyReused => {
            "Use a new `Idempotency-Key` for each submission, and the same one only to repeat the same request."
        }
        Code::Internal => "Send the same request with the same `Idempotency-Key` again later.",
    }
}

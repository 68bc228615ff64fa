//! Where the answers are checked before they are sent.

use axum::{http::StatusCode, response::Response};
use counterfoil_html::page;

use super::{Failure, visit::Visit};

/// Shows all answers and what they come to.
pub async fn show(visit: Visit) -> Result<Response, Failure> {
    if !visit.begun {
        return Ok(match &visit.submitted {
            Some(reference) => visit.redirect(&super::confirmation::address(&visit, reference)),
            None => expired(&visit),
        });
    }
    let outcome = visit.outcome()?;
    let content = visit.walk(|journey| {
        journey.check_answers(&visit.typed, &outcome, Some(&visit.draft.submission_key))
    });
    Ok(visit.page(StatusCode::OK, &content))
}

/// Says that there is no draft, or none any more.
pub fn expired(visit: &Visit) -> Response {
    let texts = visit.plan.texts_or_default(&visit.locale);
    visit.page(
        StatusCode::NOT_FOUND,
        &page::expired(texts, visit.links().form),
    )
}

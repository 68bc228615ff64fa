//! A form's first page.

use axum::{http::StatusCode, response::Response};
use counterfoil_engine::Answers;
use counterfoil_html::journey::typed;

use super::{Failure, visit::Visit};

/// Shows the form's first page.
pub async fn show(visit: Visit) -> Result<Response, Failure> {
    let outcome = visit.outcome()?;
    let example = visit.example.is_some();
    let content = visit.walk(|journey| journey.start(&visit.typed, &outcome, visit.begun, example));
    Ok(visit.page(StatusCode::OK, &content))
}

/// Begins with the form's example and shows what it comes to. What was answered already stays.
pub async fn fill_example(mut visit: Visit) -> Result<Response, Failure> {
    if visit.begun {
        return Ok(visit.redirect(&visit.links().check_answers()));
    }
    let example = visit.example.take().ok_or(Failure::NotFound)?;
    let answers = Answers::from_json(&example).map_err(|error| {
        tracing::warn!(form = visit.form, %error, "the form's example cannot be read");
        Failure::Failed
    })?;
    let typed = typed::from_answers(&visit.plan, &visit.locale, &answers);
    visit.begin_with(typed).await?;
    Ok(visit.redirect(&visit.links().check_answers()))
}

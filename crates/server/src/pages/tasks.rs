//! The task list of a form with sections.

use axum::{http::StatusCode, response::Response};

use super::{Failure, visit::Visit};

/// Shows the form's sections and how far the person has come with each.
pub async fn show(visit: Visit) -> Result<Response, Failure> {
    let outcome = visit.outcome()?;
    let content = visit
        .walk(|journey| journey.task_list(&visit.typed, &outcome))
        .ok_or(Failure::NotFound)?;
    Ok(visit.page(StatusCode::OK, &content))
}

//! Keeping a draft longer, for somebody who has not gone on for a long time.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use serde::Serialize;

use super::{Failure, visit::Visit};

/// What the page is told, which goes on as it stands.
#[derive(Serialize)]
struct KeptLonger {
    /// For how many seconds the draft is kept from now.
    seconds: i64,
    /// The same in words, for the person.
    said: String,
}

/// Has the time begin again in which a draft is kept.
pub async fn longer(mut visit: Visit) -> Result<Response, Failure> {
    if !visit.begun {
        return Err(Failure::NotFound);
    }
    visit.save().await?;
    let kept = visit.kept().ok_or(Failure::Failed)?;
    let texts = visit.plan.texts_or_default(&visit.locale);
    let said = texts.fill("ui.time.extended", |name| {
        (name == "date").then(|| kept.day.clone())
    });
    let answer = Json(KeptLonger {
        seconds: kept.seconds,
        said,
    });
    Ok(visit.with_cookies((StatusCode::OK, answer).into_response()))
}

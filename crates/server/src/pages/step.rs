//! Pages of questions, lists of records, and a record's own page.

use axum::{extract::Path, http::StatusCode, response::Response};
use counterfoil_html::journey::{Again, Outcome, Taken, typed};

use super::{Failure, posted::Posted, visit::Visit};

/// Shows a page of questions, or a group's list of records.
pub async fn show(
    visit: Visit,
    Path((_, page)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let outcome = visit.outcome()?;
    let asked = visit
        .walk(|journey| journey.page(&page))
        .ok_or(Failure::NotFound)?;
    if !outcome.asks(asked) {
        let next = visit.walk(|journey| journey.after(&outcome, &page));
        return Ok(visit.redirect(&next));
    }
    draw(&visit, &outcome, &page, None, None)
}

/// Shows a record's own page; the record after the last is one to be added.
pub async fn show_record(
    mut visit: Visit,
    Path((_, page, number)): Path<(String, String, String)>,
) -> Result<Response, Failure> {
    let record = typed::from_one(&number).ok_or(Failure::NotFound)?;
    let mut typed = std::mem::take(&mut visit.typed);
    let group = visit
        .walk(|journey| journey.open_record(&typed, &page, record))
        .ok_or(Failure::NotFound)?;
    typed::keep_record(&mut typed, group, record);
    visit.typed = typed;
    let outcome = visit.outcome()?;
    draw(&visit, &outcome, &page, Some(record), None)
}

/// Takes a page of questions, or acts on a group's list of records.
pub async fn save(
    visit: Visit,
    Path((_, page)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Failure> {
    take(visit, &page, None, &posted).await
}

/// Takes a record.
pub async fn save_record(
    visit: Visit,
    Path((_, page, number)): Path<(String, String, String)>,
    posted: Posted,
) -> Result<Response, Failure> {
    let record = typed::from_one(&number).ok_or(Failure::NotFound)?;
    take(visit, &page, Some(record), &posted).await
}

async fn take(
    mut visit: Visit,
    page: &str,
    record: Option<usize>,
    posted: &Posted,
) -> Result<Response, Failure> {
    let mut typed = std::mem::take(&mut visit.typed);
    let taken = visit
        .walk(|journey| journey.take(&mut typed, page, record, &posted.0))
        .map_err(|_| visit.not_in_force())?
        .ok_or(Failure::NotFound)?;
    visit.typed = typed;
    visit.save().await?;
    match taken {
        Taken::Next(address) => Ok(visit.redirect(&address)),
        Taken::Again(again) => draw(&visit, &again.outcome, page, record, Some(&again)),
    }
}

fn draw(
    visit: &Visit,
    outcome: &Outcome,
    page: &str,
    record: Option<usize>,
    again: Option<&Again>,
) -> Result<Response, Failure> {
    let content = visit
        .walk(|journey| journey.step(&visit.typed, outcome, page, record, again))
        .ok_or(Failure::NotFound)?;
    let status = if again.is_some_and(|again| again.wrong) {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    Ok(visit.page(status, &content))
}

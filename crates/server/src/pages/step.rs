//! Pages of questions, lists of records, and a record's own page.

use axum::{extract::Path, http::StatusCode, response::Response};
use counterfoil_engine::plan::{Field, Group, PageContent};
use counterfoil_html::{Links, control, page};

use super::{
    Failure,
    frame::Drawn,
    posted::Posted,
    route::{after, before, is_asked},
    typed,
    visit::{Outcome, Visit},
};

/// Shows a page of questions, or a group's list of records.
pub async fn show(
    visit: Visit,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let outcome = visit.outcome()?;
    let asked = super::route::page(&visit, &id).ok_or(Failure::NotFound)?;
    if !is_asked(asked, &outcome) {
        return Ok(visit.redirect(&after(&visit, &outcome, &id)));
    }
    draw(&visit, &outcome, &id, None, visit.drawn(&outcome))
}

/// Shows a record's own page; the record after the last is one to be added.
pub async fn show_record(
    mut visit: Visit,
    Path((_, id, record)): Path<(String, String, String)>,
) -> Result<Response, Failure> {
    let (group, record) = open_record(&visit, &id, &record)?;
    typed::keep_record(&mut visit.typed, &group, record);
    let outcome = visit.outcome()?;
    draw(&visit, &outcome, &id, Some(record), visit.drawn(&outcome))
}

/// Takes a page of questions, or acts on a group's list of records.
pub async fn save(
    mut visit: Visit,
    Path((_, id)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, Failure> {
    let asked = super::route::page(&visit, &id)
        .ok_or(Failure::NotFound)?
        .clone();
    match &asked.content {
        PageContent::Fields(fields) => {
            let places: Vec<_> = fields
                .iter()
                .map(|field| (field.field.clone(), field))
                .collect();
            let answer = answer(&mut visit, &id, None, &places, &posted).await?;
            Ok(match answer {
                Some(again) => again,
                None => visit.redirect(&after(&visit, &visit.outcome()?, &id)),
            })
        }
        PageContent::Group(group) => list(&mut visit, &id, group, &posted).await,
    }
}

/// Takes a record.
pub async fn save_record(
    mut visit: Visit,
    Path((_, id, record)): Path<(String, String, String)>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (group, record) = open_record(&visit, &id, &record)?;
    let places: Vec<_> = group
        .fields
        .iter()
        .map(|field| (format!("{}[{record}].{}", group.group, field.field), field))
        .collect();
    typed::keep_record(&mut visit.typed, &group, record);
    let answer = answer(&mut visit, &id, Some((&group, record)), &places, &posted).await?;
    Ok(match answer {
        Some(again) => again,
        None => visit.redirect(&list_address(&visit, &id)),
    })
}

/// The group of a page and a record of it, counted from 0; the record may be the one after the last.
fn open_record(visit: &Visit, id: &str, number: &str) -> Result<(Group, usize), Failure> {
    let asked = super::route::page(visit, id).ok_or(Failure::NotFound)?;
    let PageContent::Group(group) = &asked.content else {
        return Err(Failure::NotFound);
    };
    let record = from_one(number).ok_or(Failure::NotFound)?;
    let within = u32::try_from(record).is_ok_and(|record| record < group.max);
    if !within || record > typed::records(&visit.typed, &group.group) {
        return Err(Failure::NotFound);
    }
    Ok((group.as_ref().clone(), record))
}

/// Keeps what was posted for some questions. Gives the page again where something is wrong with them,
/// or where the answers have brought up questions on it that were not there before.
async fn answer(
    visit: &mut Visit,
    id: &str,
    record: Option<(&Group, usize)>,
    places: &[(String, &Field)],
    posted: &Posted,
) -> Result<Option<Response>, Failure> {
    let hidden_before = visit.outcome()?.hidden;
    typed::replace(&mut visit.typed, &posted.0, places);
    if let Some((group, record)) = record {
        typed::keep_record(&mut visit.typed, group, record);
    }
    visit.save().await?;

    let outcome = visit.outcome()?;
    let shown = places
        .iter()
        .filter(|(path, _)| !outcome.hidden.contains(path));
    let (new, old): (Vec<_>, Vec<_>) = shown.partition(|(path, field)| {
        hidden_before.contains(path) && !typed::is_answered(&posted.0, path, field)
    });
    let report = &outcome.report;
    let wrong = old.iter().any(|(path, _)| {
        report.missing.contains(path) || report.errors.iter().any(|error| error.path == *path)
    });
    if new.is_empty() && !wrong {
        return Ok(None);
    }
    let status = if wrong {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let new: Vec<String> = new.into_iter().map(|(path, _)| path.clone()).collect();
    let drawn = Drawn {
        posted: true,
        new: &new,
        ..visit.drawn(&outcome)
    };
    let response = draw(visit, &outcome, id, record.map(|(_, record)| record), drawn)?;
    Ok(Some(with_status(response, status)))
}

/// Removes a record, or goes on from the list once nothing is wrong with it.
async fn list(
    visit: &mut Visit,
    id: &str,
    group: &Group,
    posted: &Posted,
) -> Result<Response, Failure> {
    if let Some(number) = posted.first(control::REMOVE) {
        let present = typed::records(&visit.typed, &group.group);
        if let Some(record) = from_one(number).filter(|record| *record < present) {
            typed::remove_record(&mut visit.typed, &group.group, record);
            visit.save().await?;
        }
        return Ok(visit.redirect(&list_address(visit, id)));
    }
    visit.save().await?;
    let outcome = visit.outcome()?;
    let of_group = |path: &String| {
        path.strip_prefix(group.group.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('['))
    };
    let report = &outcome.report;
    let wrong = report.missing.iter().any(of_group)
        || report.errors.iter().any(|error| of_group(&error.path));
    if !wrong {
        return Ok(visit.redirect(&after(visit, &outcome, id)));
    }
    let drawn = Drawn {
        posted: true,
        ..visit.drawn(&outcome)
    };
    let response = draw(visit, &outcome, id, None, drawn)?;
    Ok(with_status(response, StatusCode::UNPROCESSABLE_ENTITY))
}

fn draw(
    visit: &Visit,
    outcome: &Outcome,
    id: &str,
    record: Option<usize>,
    drawn: Drawn<'_>,
) -> Result<Response, Failure> {
    let back = match record {
        Some(_) => list_address(visit, id),
        None => before(visit, outcome, Some(id)),
    };
    let step = page::Step {
        page: id,
        record,
        back: Some(&back),
        change: visit.change,
        why: outcome.why.as_ref(),
    };
    let content = visit
        .draw(&drawn, |view| page::step(view, &step))
        .ok_or(Failure::NotFound)?;
    Ok(visit.page(StatusCode::OK, &content))
}

/// A number that people count from 1, counted from 0.
fn from_one(number: &str) -> Option<usize> {
    number.parse::<usize>().ok()?.checked_sub(1)
}

fn list_address(visit: &Visit, id: &str) -> String {
    let address = visit.links().page(id);
    if visit.change {
        Links::change(&address)
    } else {
        address
    }
}

fn with_status(mut response: Response, status: StatusCode) -> Response {
    *response.status_mut() = status;
    response
}

//! The forms on offer.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, Uri, header},
    response::Response,
};
use counterfoil_compiler::default_texts;
use counterfoil_engine::Plan;
use counterfoil_html::{Language, page};

use super::{Failure, frame::plain_page, session};
use crate::office::Office;

/// Shows the forms on offer, and to the operator what keeps others from being offered.
pub async fn show(
    State(office): State<Arc<Office>>,
    headers: HeaderMap,
    uri: Uri,
) -> Result<Response, Failure> {
    let offers = office.catalogue.offers(office.now()).await?;
    let plans: Vec<&Arc<Plan>> = offers
        .iter()
        .filter_map(|offer| offer.plan.as_ref())
        .collect();
    let mut tags: Vec<&str> = Vec::new();
    for tag in plans.iter().flat_map(|plan| office.languages(plan)) {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    let offered = |tag: &&str| tags.contains(tag);
    let asked = uri
        .query()
        .and_then(|query| query.strip_prefix("lang="))
        .filter(offered);
    let locale = asked
        .or_else(|| session::language(&headers).filter(offered))
        .or_else(|| tags.first().copied())
        .unwrap_or("en");

    let addresses: Vec<_> = plans
        .iter()
        .map(|plan| format!("/forms/{}", plan.rules().form))
        .collect();
    let entries: Vec<_> = plans
        .iter()
        .zip(&addresses)
        .map(|(plan, href)| page::CatalogueEntry {
            texts: if office.languages(plan).contains(&locale) {
                plan.texts_or_default(locale)
            } else {
                plan.texts_or_default(plan.default_locale())
            },
            href,
        })
        .collect();
    let unavailable: Vec<_> = offers
        .iter()
        .filter(|offer| offer.plan.is_none())
        .map(|offer| page::Unavailable {
            form: &offer.form,
            diagnostics: &offer.diagnostics,
        })
        .collect();
    let names: Vec<_> = tags
        .iter()
        .map(|tag| (*tag, default_texts(tag), format!("/?lang={tag}")))
        .collect();
    let languages: Vec<_> = names
        .iter()
        .map(|(tag, texts, href)| Language {
            tag,
            name: texts.text("ui.language"),
            href,
        })
        .collect();
    let texts = default_texts(locale);
    let content = page::catalogue(&texts, &entries, &unavailable);
    let mut response = plain_page(&office, StatusCode::OK, &texts, &languages, &content);
    if let Some(cookie) = asked.and_then(|tag| session::set_language(&headers, tag)) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

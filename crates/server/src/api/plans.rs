//! Forms and their published plans.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    catalogue::Offer,
    office::Office,
    problem::{Code, Problem},
    store::StoreError,
};

/// A form of the catalogue.
#[derive(Debug, Serialize, ToSchema)]
pub struct FormSummary {
    /// The form's id.
    #[schema(example = "street-party")]
    pub form: String,
    /// Its title in its first language; absent where it cannot be offered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The languages in which it is offered, the first being the default.
    pub languages: Vec<String>,
    /// The id of its current plan; `null` where the form has errors and cannot be offered.
    pub plan: Option<String>,
}

impl FormSummary {
    fn of(offer: Offer, office: &Office) -> Self {
        let plan = offer.plan.as_ref();
        Self {
            title: plan.and_then(|plan| {
                plan.texts(plan.default_locale())?
                    .texts
                    .get("form.title")
                    .cloned()
            }),
            languages: plan.map_or_else(Vec::new, |plan| {
                let tags = office.languages(plan).into_iter();
                tags.map(str::to_owned).collect()
            }),
            plan: plan.map(|plan| plan.id().to_owned()),
            form: offer.form,
        }
    }
}

/// What fails in the store is the office's own trouble; the log has the cause.
impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "request failed");
        Self::bare(Code::Internal)
    }
}

/// Lists the forms.
#[utoipa::path(
    get,
    path = "/api/forms",
    tag = "forms",
    responses((status = 200, description = "Every form of this office", body = [FormSummary]))
)]
pub async fn list(State(office): State<Arc<Office>>) -> Result<Response, Problem> {
    let offers = office.catalogue.offers(office.now()).await?;
    let forms: Vec<FormSummary> = offers
        .into_iter()
        .map(|offer| FormSummary::of(offer, &office))
        .collect();
    Ok(([(header::CACHE_CONTROL, "no-cache")], Json(forms)).into_response())
}

/// Gives the plan that a form has now.
#[utoipa::path(
    get,
    path = "/api/forms/{form}/plan",
    tag = "forms",
    params(("form" = String, Path, description = "The form's id")),
    responses(
        (status = 200, description = "The plan in canonical JSON; `ETag` and `Content-Location` bear its id", body = Object),
        (status = 304, description = "The plan is the one that `If-None-Match` names"),
        (status = 404, description = "No such form, or it cannot be offered", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn current(
    State(office): State<Arc<Office>>,
    Path(form): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let offer = office.catalogue.offer(&form, office.now()).await?;
    let plan = offer
        .and_then(|offer| offer.plan)
        .ok_or_else(|| Problem::new(Code::NotFound, "This office offers no form of that id"))?;
    published(&office, plan.id(), &headers, "no-cache").await
}

/// Gives a plan by its id; what an id names never changes.
#[utoipa::path(
    get,
    path = "/api/plans/{id}",
    tag = "forms",
    params(("id" = String, Path, description = "The plan's id, 64 hexadecimal digits")),
    responses(
        (status = 200, description = "The plan in canonical JSON, for ever the same", body = Object),
        (status = 304, description = "The plan is the one that `If-None-Match` names"),
        (status = 404, description = "No plan of that id was published here", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn by_id(
    State(office): State<Arc<Office>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    published(
        &office,
        &id,
        &headers,
        "public, max-age=31536000, immutable",
    )
    .await
}

async fn published(
    office: &Office,
    id: &str,
    request: &HeaderMap,
    caching: &'static str,
) -> Result<Response, Problem> {
    let json = office
        .store
        .plan(id)
        .await?
        .ok_or_else(|| Problem::new(Code::NotFound, "No plan of that id was published here"))?;
    let etag = format!("\"{id}\"");
    let unchanged = request
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| {
            value
                .split(',')
                .any(|tag| matches!(tag.trim(), "*") || tag.trim().trim_start_matches("W/") == etag)
        });
    let mut headers = HeaderMap::new();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    // An id of the store is hexadecimal digits, which every header can bear.
    let mut insert = |name: HeaderName, text: &str| {
        if let Ok(value) = HeaderValue::from_str(text) {
            headers.insert(name, value);
        }
    };
    insert(header::ETAG, &etag);
    insert(header::CONTENT_LOCATION, &format!("/api/plans/{id}"));
    if unchanged {
        return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    Ok((headers, json).into_response())
}

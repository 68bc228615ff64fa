//! The pages: a form asked one page at a time, without any script.

mod catalogue;
mod check;
mod confirmation;
mod failure;
mod frame;
mod keep;
mod posted;
mod session;
mod start;
mod step;
mod submit;
mod tasks;
mod visit;

use std::sync::Arc;

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderValue, header},
    middleware::{self, Next},
    response::Response,
    routing::{get, post},
};

use crate::{office::Office, security};

use failure::Failed;

pub use failure::Failure;

/// The pages' addresses. What is no page of a form lies below `check-answers` or is `task-list`, whose
/// hyphens no page's id can have.
pub fn router(office: &Arc<Office>) -> Router<Arc<Office>> {
    Router::new()
        .route("/", get(catalogue::show))
        .route("/forms/{form}", get(start::show))
        .route("/forms/{form}/task-list", get(tasks::show))
        .route(
            "/forms/{form}/check-answers/example",
            post(start::fill_example),
        )
        .route("/forms/{form}/check-answers", get(check::show))
        .route("/forms/{form}/check-answers/keep", post(keep::longer))
        .route(
            "/forms/{form}/check-answers/submit",
            get(submit::back).post(submit::send),
        )
        .route(
            "/forms/{form}/check-answers/confirmation/{reference}",
            get(confirmation::show),
        )
        .route(
            "/forms/{form}/check-answers/confirmation/{reference}/receipt",
            get(confirmation::receipt),
        )
        .route("/forms/{form}/{page}", get(step::show).post(step::save))
        .route(
            "/forms/{form}/{page}/{record}",
            get(step::show_record).post(step::save_record),
        )
        .fallback(async || Failure::NotFound)
        .method_not_allowed_fallback(async || Failure::NotFound)
        .layer(middleware::from_fn(security::same_site_only))
        .layer(middleware::from_fn_with_state(Arc::clone(office), finish))
}

/// Pages hold what a person typed: no cache keeps them. A page that says what failed is drawn here, in
/// the language that the browser chose before.
async fn finish(State(office): State<Arc<Office>>, request: Request, next: Next) -> Response {
    let locale = session::language(request.headers())
        .unwrap_or("en")
        .to_owned();
    let mut response = next.run(request).await;
    if let Some(failed) = response.extensions_mut().remove::<Failed>() {
        response = failed.page(&office, &locale);
    }
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

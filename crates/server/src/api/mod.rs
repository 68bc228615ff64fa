//! The JSON API.

pub mod keys;
pub mod openapi;
pub mod plans;
pub mod problems;
pub mod schema;
pub mod submissions;

mod body;

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    http::{Method, header},
    routing::{get, post},
};
use tower_http::cors::{Any, CorsLayer};

use crate::{
    office::Office,
    problem::{Code, Problem},
};

pub use body::JsonBody;

/// The operations under `/api`, and what stands at fixed addresses beside them.
pub fn router() -> Router<Arc<Office>> {
    let api = Router::new()
        .route("/forms", get(plans::list))
        .route("/forms/{form}/plan", get(plans::current))
        .route("/forms/{form}/submissions", post(submissions::create))
        .route("/plans/{id}", get(plans::by_id))
        .fallback(async || Problem::bare(Code::NotFound))
        .method_not_allowed_fallback(async || Problem::bare(Code::MethodNotAllowed));
    Router::new()
        .nest("/api", api)
        .route("/openapi.json", get(openapi::document))
        .route("/problems/{code}", get(problems::describe))
        .route("/.well-known/jwks.json", get(keys::published))
        .layer(from_other_sites())
}

/// Pages of any site may read plans and send submissions: the API knows no cookie, so that a page can do
/// no more here than its reader could do without it.
fn from_other_sites() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([header::CONTENT_TYPE, submissions::IDEMPOTENCY_KEY])
        .expose_headers([submissions::REPLAYED])
        .max_age(Duration::from_secs(24 * 60 * 60))
}

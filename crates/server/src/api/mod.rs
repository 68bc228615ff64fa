//! The JSON API.

pub mod keys;
pub mod openapi;
pub mod plans;
pub mod problems;
pub mod schema;
pub mod submissions;

mod body;

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post},
};

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
}

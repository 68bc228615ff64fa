//! The OpenAPI 3.1 description.

use axum::Json;
use utoipa::OpenApi;

use super::{keys, plans, problems, schema, submissions};
use crate::{problem, receipt};

/// The API's description.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Counterfoil",
        description = "Forms and rules of an office: published plans, submissions verified under them, signed receipts.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    paths(
        plans::list,
        plans::current,
        plans::by_id,
        submissions::create,
        problems::describe,
        keys::published,
    ),
    components(schemas(schema::Report, problem::Problem, receipt::Claims)),
    tags(
        (name = "forms", description = "Forms and their plans"),
        (name = "submissions", description = "Sending a case"),
        (name = "receipts", description = "Proving a case later"),
        (name = "problems", description = "Errors (RFC 9457)"),
    )
)]
pub struct Description;

/// Serves the description.
pub async fn document() -> Json<utoipa::openapi::OpenApi> {
    Json(Description::openapi())
}

//! The keys that verify receipts.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};

use crate::{office::Office, receipt::JwkSet};

/// Gives the public keys.
#[utoipa::path(
    get,
    path = "/.well-known/jwks.json",
    tag = "receipts",
    responses((status = 200, description = "A JWK set (RFC 7517)", body = JwkSet, content_type = "application/jwk-set+json"))
)]
pub async fn published(State(office): State<Arc<Office>>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/jwk-set+json"),
        (header::CACHE_CONTROL, "public, max-age=300"),
    ];
    (headers, Json(office.keys.public())).into_response()
}

//! All addresses of the office.

use std::{path::PathBuf, sync::Arc, time::Instant};

use axum::{
    Router,
    extract::{DefaultBodyLimit, MatchedPath, Request},
    http::{HeaderName, HeaderValue, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use percent_encoding::percent_decode_str;
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer, services::ServeDir,
    set_header::SetResponseHeaderLayer,
};

use crate::{
    api,
    office::Office,
    pages,
    problem::{Code, Problem},
    security,
};

/// The office as a service.
pub fn router(office: Arc<Office>) -> Router {
    let limit = office.options.body_limit;
    // Personal pages stay uncompressed, so that lengths tell nothing about answers.
    let mut compressed = api::router().nest_service("/assets", assets(&office.options.assets));
    if let Some(theme) = &office.theme {
        let folder = std::slice::from_ref(&theme.folder);
        let files = assets(folder).layer(middleware::from_fn(without_hidden_files));
        compressed = compressed.nest_service("/theme", files);
    }
    let compressed = compressed.layer(CompressionLayer::new());
    pages::router(&office)
        .merge(compressed)
        .layer(CatchPanicLayer::custom(|_| {
            Problem::bare(Code::Internal).into_response()
        }))
        .layer(DefaultBodyLimit::max(limit))
        .layer(middleware::from_fn_with_state(
            security::policy(&office.options.embedding),
            security::headers,
        ))
        .layer(middleware::from_fn(log))
        .with_state(office)
}

/// Files for browsers, from some folders in order.
fn assets(folders: &[PathBuf]) -> Router {
    let mut router = Router::new().fallback(async || Problem::bare(Code::NotFound));
    for folder in folders.iter().rev() {
        let files = ServeDir::new(folder)
            .append_index_html_on_directories(false)
            .precompressed_br()
            .precompressed_gzip()
            .fallback(router);
        router = Router::new().fallback_service(files);
    }
    // Browsers ask each time and are told `304` while the file is the same.
    router
        .layer(SetResponseHeaderLayer::if_not_present(
            header::CACHE_CONTROL,
            HeaderValue::from_static("no-cache"),
        ))
        // The worker of the forms' pages lies beside them, not above.
        .layer(SetResponseHeaderLayer::overriding(
            HeaderName::from_static("service-worker-allowed"),
            HeaderValue::from_static("/forms/"),
        ))
}

/// Refuses files and folders whose names begin with a dot, such as `.git`: nobody put them there for browsers.
async fn without_hidden_files(request: Request, next: Next) -> Response {
    // `ServeDir` decodes the path before it looks for folders in it, so a slash may be written as a code too.
    let path: Vec<u8> = percent_decode_str(request.uri().path()).collect();
    // Some systems part folders by the backslash.
    let mut parts = path.split(|byte| matches!(byte, b'/' | b'\\'));
    if parts.any(|part| part.starts_with(b".")) {
        return Problem::bare(Code::NotFound).into_response();
    }
    next.run(request).await
}

/// Logs a request by its route. Neither the address itself nor the query is logged: both can be personal.
async fn log(request: Request, next: Next) -> Response {
    let start = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    tracing::info!(
        %method,
        route = route.as_ref().map_or("(none)", MatchedPath::as_str),
        status = response.status().as_u16(),
        micros = u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX),
        "request"
    );
    response
}

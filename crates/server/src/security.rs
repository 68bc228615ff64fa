//! What every response says to browsers, and which posts are taken.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{embedding::Origin, pages::Failure};

const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data:; worker-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors";

/// The content security policy of an office whose pages these sites may show inside their own.
pub fn policy(embedding: &[Origin]) -> HeaderValue {
    let ancestors = if embedding.is_empty() {
        " 'none'".to_owned()
    } else {
        embedding
            .iter()
            .map(|origin| format!(" {origin}"))
            .collect()
    };
    // Origins hold no character that a header may not have.
    HeaderValue::from_str(&format!("{POLICY}{ancestors}"))
        .unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"))
}

/// Adds the security headers to a response.
pub async fn headers(State(policy): State<HeaderValue>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // Not `no-referrer`: browsers then send `Origin: null` with a form's own posts.
        (header::REFERRER_POLICY, "same-origin"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=()",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Refuses to change anything for a page of another site. The session's cookie is `SameSite=Lax`,
/// which keeps it from such posts; this also covers browsers that do not know the attribute.
pub async fn same_site_only(request: Request, next: Next) -> Response {
    if request.method() == Method::POST && is_cross_site(request.headers()) {
        return Failure::CrossSite.into_response();
    }
    next.run(request).await
}

fn is_cross_site(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        // `none` is the person's own doing, such as sending a page again after a restart.
        return !matches!(site, "same-origin" | "none");
    }
    // A client that sends neither header is no browser of the last decade, or no browser at all.
    let Some(origin) = text("origin") else {
        return false;
    };
    let authority = origin.split_once("://").map(|(_, authority)| authority);
    let host = text("host");
    !matches!((authority, host), (Some(authority), Some(host)) if authority.eq_ignore_ascii_case(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cross_site(list: &[(&'static str, &'static str)]) -> bool {
        let headers = list
            .iter()
            .map(|(name, value)| {
                (
                    HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                )
            })
            .collect();
        is_cross_site(&headers)
    }

    #[test]
    fn frames_are_for_the_sites_that_the_operator_names() {
        let ancestors = |embedding: &[&str]| {
            let embedding: Vec<_> = embedding.iter().filter_map(|o| o.parse().ok()).collect();
            let policy = policy(&embedding);
            let policy = policy.to_str().unwrap_or_default();
            let (_, ancestors) = policy.split_once("frame-ancestors ").unwrap_or_default();
            ancestors.to_owned()
        };
        assert_eq!(ancestors(&[]), "'none'");
        assert_eq!(
            ancestors(&["https://www.city.example", "http://localhost:3000"]),
            "https://www.city.example http://localhost:3000"
        );
    }

    #[test]
    fn only_pages_of_the_same_origin_may_post() {
        assert!(!cross_site(&[
            ("sec-fetch-site", "same-origin"),
            ("host", "a.example")
        ]));
        assert!(!cross_site(&[
            ("sec-fetch-site", "none"),
            ("host", "a.example")
        ]));
        assert!(cross_site(&[
            ("sec-fetch-site", "same-site"),
            ("host", "a.example")
        ]));
        assert!(cross_site(&[
            ("sec-fetch-site", "cross-site"),
            ("host", "a.example")
        ]));
        assert!(!cross_site(&[
            ("origin", "https://a.example"),
            ("host", "a.example")
        ]));
        assert!(cross_site(&[
            ("origin", "https://b.example"),
            ("host", "a.example")
        ]));
        assert!(cross_site(&[
            ("origin", "http://a.example:81"),
            ("host", "a.example")
        ]));
        assert!(cross_site(&[("origin", "null"), ("host", "a.example")]));
        assert!(!cross_site(&[("host", "a.example")]));
    }
}

//! Why a page cannot be shown.

use axum::{
    Extension,
    http::StatusCode,
    response::{IntoResponse, Response},
};

use counterfoil_compiler::default_texts;
use counterfoil_html::page;

use super::frame::{CATALOGUE, plain_page};
use crate::{office::Office, store::StoreError};

/// Why a page cannot be shown.
#[derive(Debug)]
pub enum Failure {
    /// There is no such page.
    NotFound,
    /// The form is not in force today; the page says so.
    Closed(Box<Response>),
    /// What was posted cannot be read as a form.
    Unreadable,
    /// What was posted is too large.
    TooLarge,
    /// What was posted comes from a page of another site.
    CrossSite,
    /// The office failed; nothing was stored.
    Failed,
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "page failed");
        Self::Failed
    }
}

impl From<getrandom::Error> for Failure {
    fn from(error: getrandom::Error) -> Self {
        tracing::error!(%error, "no random bytes");
        Self::Failed
    }
}

/// Marks a response whose page is still to be drawn.
#[derive(Clone, Copy, Debug)]
pub struct Failed(StatusCode);

impl Failed {
    /// The page in a language, or in English where there are no words of that language.
    pub fn page(self, office: &Office, locale: &str) -> Response {
        let texts = default_texts(locale);
        let content = match self.0 {
            StatusCode::NOT_FOUND => page::not_found(&texts, CATALOGUE),
            StatusCode::PAYLOAD_TOO_LARGE => page::too_large(&texts, CATALOGUE),
            StatusCode::BAD_REQUEST | StatusCode::FORBIDDEN => page::unreadable(&texts, CATALOGUE),
            _ => page::failed(&texts, CATALOGUE),
        };
        plain_page(office, self.0, &texts, &[], &content)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status = match self {
            Self::Closed(page) => return *page,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::CrossSite => StatusCode::FORBIDDEN,
            Self::Failed => StatusCode::INTERNAL_SERVER_ERROR,
        };
        (status, Extension(Failed(status))).into_response()
    }
}

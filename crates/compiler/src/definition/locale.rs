//! Locale files.

use super::Template;
use crate::source::{FileId, Spanned};

/// A file `locales/<tag>.yaml`.
#[derive(Clone, Debug, PartialEq)]
pub struct LocaleFile {
    /// The file.
    pub file: FileId,
    /// The language's tag, at its place in `form.yaml`.
    pub locale: Spanned<String>,
    /// `status`; a file without one is a draft, except that of the first language.
    pub status: LocaleStatus,
    /// The texts by key (`field.event_date.label`), as written; whether the keys belong to the form
    /// has not been looked at. No key stands twice.
    pub texts: Vec<(Spanned<String>, Template)>,
}

/// Whether a person who answers for the wording has confirmed it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LocaleStatus {
    /// Not yet.
    #[default]
    Draft,
    /// It is confirmed.
    Reviewed,
}

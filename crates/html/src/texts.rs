//! Texts of a page.

use counterfoil_engine::plan::Texts;

/// The template of that key with its placeholders filled in.
pub(crate) fn with(texts: &Texts, key: &str, values: &[(&str, &str)]) -> String {
    texts.fill(key, |name| {
        let found = values.iter().find(|(key, _)| *key == name);
        found.map(|(_, value)| (*value).to_owned())
    })
}

/// The title of a page.
pub(crate) fn page_title(texts: &Texts, page: &str) -> String {
    texts.text(&format!("page.{page}.title")).to_owned()
}

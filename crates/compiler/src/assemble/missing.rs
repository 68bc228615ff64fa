//! Texts of shared files, and texts without a translation.

use std::collections::BTreeMap;

use super::own_texts::Text;
use crate::{
    codes,
    definition::{FormDefinition, Template},
    diagnostic::Diagnostic,
    source::Spanned,
};

/// Missing texts named one by one.
const MAX_NAMED: usize = 5;

/// The text of a shared file in a language.
pub(super) fn shared_text<'f>(
    form: &'f FormDefinition,
    text: &Text<'f>,
    locale: &str,
) -> Option<&'f Template> {
    let keys: Vec<&str> = [Some(text.key.as_str()), text.shared.as_deref()]
        .into_iter()
        .flatten()
        .collect();
    form.shared.text(text.template, &keys, locale)
}

/// Warns of texts of shared files that are not in the form's first language.
pub(super) fn report_foreign(
    form: &FormDefinition,
    own: &[Text<'_>],
    tag: &Spanned<String>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let is_foreign = |text: &&Text<'_>| {
        form.shared.file(text.template.span.file).is_some()
            && shared_text(form, text, tag.as_str()).is_none()
    };
    let foreign: Vec<&Text<'_>> = own.iter().filter(is_foreign).collect();
    report_missing(&foreign, form, tag, diagnostics);
}

/// Warns of texts without a translation: the form's own, and those of each folder of shared files.
pub(super) fn report_missing(
    missing: &[&Text<'_>],
    form: &FormDefinition,
    tag: &Spanned<String>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut by_folder: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for text in missing {
        let file = form.shared.file(text.template.span.file);
        let key = match file {
            // It is translated once, for all fields that have it.
            Some(_) => text.shared.as_ref().unwrap_or(&text.key),
            None => &text.key,
        };
        let folder = file.map_or("", |file| file.folder.as_str());
        let keys = by_folder.entry(folder).or_default();
        if !keys.contains(&key.as_str()) {
            keys.push(key.as_str());
        }
    }
    for (folder, keys) in by_folder {
        let named = keys[..keys.len().min(MAX_NAMED)].join("`, `");
        let further = match keys.len().saturating_sub(MAX_NAMED) {
            0 => String::new(),
            further => format!(" and {further} more"),
        };
        let locale = tag.as_str();
        let help = if folder.is_empty() {
            format!(
                "add them to the locale file; until then pages in `{locale}` show the first language"
            )
        } else {
            format!("add them to `{folder}locales/{locale}.yaml`, or to the form's own locale file")
        };
        let message = format!("no translation of `{named}`{further}");
        diagnostics.push(Diagnostic::warning(codes::MISSING_TEXT, tag.span, message).help(help));
    }
}

//! Words of the form in place of those that come with the compiler.

use std::collections::{BTreeMap, BTreeSet};

use super::{by_number::no_forms, texts::escaped};
use crate::{
    closest::closest,
    codes,
    definition::{LocaleFile, Segment, Template},
    diagnostic::Diagnostic,
    source::Spanned,
};

/// The texts of a locale file that stand in for default `words`, by key, without those that are `used`
/// as translations; what is neither is a [`codes::UNKNOWN_TEXT`], with the likely one of `known`.
pub(super) fn own_words<'f>(
    file: &'f LocaleFile,
    words: &BTreeMap<String, String>,
    used: &BTreeSet<&str>,
    known: impl Iterator<Item = &'f str> + Clone,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, String> {
    let mut own = BTreeMap::new();
    for (key, template) in &file.texts {
        if used.contains(key.as_str()) {
            continue;
        }
        if words.contains_key(key.as_str()) || is_group_title(key.as_str()) {
            if let Some(plural) = &template.plural {
                diagnostics.push(no_forms(plural.head));
            }
            own.insert(key.value.clone(), as_written(template));
            continue;
        }
        let diagnostic = unknown(key, "the form has no text");
        diagnostics.push(match closest(key.as_str(), known.clone()) {
            Some(meant) => diagnostic
                .help(format!("did you mean `{meant}`?"))
                .suggest(key.span, meant),
            None => diagnostic.help("leave it out"),
        });
    }
    own
}

/// The texts of the first language's locale file. `form.yaml` has the form's own texts in that language,
/// so that such a key here is a [`codes::UNKNOWN_TEXT`] too.
pub(super) fn first_words(
    file: &LocaleFile,
    words: &BTreeMap<String, String>,
    of_form: &BTreeMap<String, String>,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, String> {
    let twice: BTreeSet<&str> = file
        .texts
        .iter()
        .map(|(key, _)| key)
        .filter(|key| of_form.contains_key(key.as_str()))
        .map(|key| {
            let found = unknown(key, "`form.yaml` has the text");
            diagnostics.push(found.help(
                "change it there: in its first language a form needs this file only for words in place of the compiler's",
            ));
            key.as_str()
        })
        .collect();
    own_words(
        file,
        words,
        &twice,
        words.keys().map(String::as_str),
        diagnostics,
    )
}

fn unknown(key: &Spanned<String>, what: &str) -> Diagnostic {
    let message = format!("{what} `{}`", key.value);
    Diagnostic::warning(codes::UNKNOWN_TEXT, key.span, message)
}

/// Words that come with the compiler are templates, whose placeholders it fills in.
fn as_written(template: &Template) -> String {
    let segments = template.segments.iter();
    let text = segments.map(|segment| match segment {
        Segment::Literal(text) => escaped(text),
        Segment::Placeholder(placeholder) => format!("{{{}}}", placeholder.source),
    });
    text.collect()
}

pub(super) fn is_group_title(key: &str) -> bool {
    key.starts_with("group.") && key.ends_with(".title")
}

//! The default words that come with the compiler: messages, verdicts and what stands on pages.

use std::collections::BTreeMap;

use crate::{
    definition::{FormDefinition, Page, PageContent},
    diagnostic::Diagnostic,
    names::Names,
    source::SourceMap,
    yaml,
};

/// Catalogues by language: messages of the engine, and words of the pages.
const CATALOGUES: &[(&str, [&str; 2])] = &[
    (
        "en",
        [
            include_str!("../../messages/en.yaml"),
            include_str!("../../messages/ui.en.yaml"),
        ],
    ),
    (
        "cy",
        [
            include_str!("../../messages/cy.yaml"),
            include_str!("../../messages/ui.cy.yaml"),
        ],
    ),
    (
        "es",
        [
            include_str!("../../messages/es.yaml"),
            include_str!("../../messages/ui.es.yaml"),
        ],
    ),
    (
        "fr",
        [
            include_str!("../../messages/fr.yaml"),
            include_str!("../../messages/ui.fr.yaml"),
        ],
    ),
    (
        "de",
        [
            include_str!("../../messages/de.yaml"),
            include_str!("../../messages/ui.de.yaml"),
        ],
    ),
    (
        "ar",
        [
            include_str!("../../messages/ar.yaml"),
            include_str!("../../messages/ui.ar.yaml"),
        ],
    ),
];

/// The message where nobody has said that a document will be sent.
const FILE_MESSAGE: &str = "message.file";

/// The language whose catalogue stands in for one that there is not.
pub(super) const FALLBACK: &str = "en";

/// The default words of a locale, by text key; none where there is no catalogue of its language.
pub(super) fn catalogue(locale: &str) -> Option<BTreeMap<String, String>> {
    let language = language_of(locale);
    let (_, files) = CATALOGUES.iter().find(|(tag, _)| *tag == language)?;
    let mut words = BTreeMap::new();
    for text in files {
        let mut diagnostics: Vec<Diagnostic> = Vec::new();
        let mut sources = SourceMap::default();
        let file = sources.add("messages", *text);
        // The catalogues are part of the program, and a test holds them to this shape.
        let node = yaml::parse(&sources, file, &mut diagnostics)?;
        for entry in node.as_mapping()? {
            words.insert(entry.key.value.clone(), entry.value.as_text()?.to_owned());
        }
    }
    Some(words)
}

/// Keeps, of the words for whole amounts of each currency, those of one: `explain.step.units.GBP`
/// becomes `explain.step.units`. A currency without words of its own keeps the general ones.
pub(super) fn choose_currency(words: &mut BTreeMap<String, String>, currency: Option<&str>) {
    for key in ["explain.step.units", "explain.step.hundredths"] {
        let own = currency.and_then(|code| words.remove(&format!("{key}.{code}")));
        words.retain(|other, _| {
            !other
                .strip_prefix(key)
                .is_some_and(|rest| rest.starts_with('.'))
        });
        if let Some(own) = own {
            words.insert(key.to_owned(), own);
        }
    }
}

/// Leaves out the words of what a form does not have, so that its pages load without them.
pub(super) fn drop_unused(words: &mut BTreeMap<String, String>, form: &FormDefinition) {
    if form.sections.is_empty() {
        words.retain(|key, _| !key.starts_with("ui.tasks."));
    }
    let has_files = |page: &Page| match &page.content {
        PageContent::Fields(fields) => fields.iter().any(|field| field.file),
        PageContent::Group(group) => group.fields.iter().any(|field| field.file),
    };
    if !form.pages.iter().any(has_files) {
        words.retain(|key, _| !key.starts_with("ui.files."));
    }
}

/// Gives each question for a document the message for documents, where it has none of its own.
pub(super) fn ask_for_files(words: &mut BTreeMap<String, String>, names: &Names<'_>) {
    let Some(message) = words.remove(FILE_MESSAGE) else {
        return;
    };
    for entry in names.fields.iter().filter(|entry| entry.field.file) {
        for code in ["required", "accepted"] {
            let key = format!("field.{}.error.{code}", entry.path);
            words.entry(key).or_insert_with(|| message.clone());
        }
    }
}

/// The language of a locale: `en` of `en-GB`.
pub(super) fn language_of(locale: &str) -> &str {
    locale.split('-').next().unwrap_or(locale)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::assemble::plurals::plurals;

    /// The key of a word without the form of the plural at its end, and that form.
    fn without_form(key: &str) -> (&str, Option<&str>) {
        const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];
        match key.rsplit_once('.') {
            Some((stem, form)) if FORMS.contains(&form) => (stem, Some(form)),
            _ => (key, None),
        }
    }

    #[test]
    fn every_catalogue_has_the_words_of_the_fallback() {
        let keys = |locale: &str| -> BTreeSet<String> {
            let words = catalogue(locale).unwrap().into_keys();
            words
                .map(|key| match without_form(&key) {
                    (stem, Some(_)) => format!("{stem}.*"),
                    (_, None) => key,
                })
                .collect()
        };
        let expected = keys(FALLBACK);
        for key in ["message.required", "ui.continue", "duration.days.*"] {
            assert!(expected.contains(key), "{key}");
        }
        for (language, _) in CATALOGUES {
            assert_eq!(keys(language), expected, "{language}");
        }
        assert_eq!(keys("en-GB"), expected);
        assert!(catalogue("tlh").is_none());
    }

    /// A form of which CLDR knows nothing in a language would never be shown; that of any other number
    /// stands in where one is left out. Plans made before there were rules know `one` and `two`.
    #[test]
    fn words_have_the_forms_of_the_plural_that_their_language_has() {
        for (language, _) in CATALOGUES {
            let rules = plurals(&language.parse().unwrap()).unwrap();
            let words = catalogue(language).unwrap();
            for (stem, form) in words.keys().map(|key| without_form(key)) {
                let Some(form) = form else { continue };
                let known = ["one", "two", "other"].contains(&form)
                    || rules.iter().any(|rule| rule.form == form);
                assert!(known, "{language} {stem}.{form}");
                assert!(words.contains_key(&format!("{stem}.other")), "{language}");
            }
        }
    }

    #[test]
    fn translations_have_the_placeholders_of_the_fallback() {
        let placeholders = |text: &str| -> Vec<String> {
            let mut found: Vec<_> = text
                .split('{')
                .skip(1)
                .filter_map(|rest| rest.split_once('}'))
                // Where the name stands in a sentence decides whether it is capitalised.
                .map(|(name, _)| name.to_lowercase())
                .collect();
            found.sort();
            found
        };
        let expected = catalogue(FALLBACK).unwrap();
        for (language, _) in CATALOGUES {
            for (key, text) in catalogue(language).unwrap() {
                // A language may say one day without a numeral.
                if without_form(&key).1.is_some() {
                    continue;
                }
                assert_eq!(
                    placeholders(&text),
                    placeholders(&expected[&key]),
                    "{language} {key}"
                );
            }
        }
    }
}

//! The texts of a form in each of its languages.

use std::collections::{BTreeMap, BTreeSet};

use counterfoil_engine::plan::{Formats, TextStatus, Texts};

use super::{
    Said,
    by_number::{Writer, limits},
    formats::formats,
    messages,
    missing::{report_foreign, report_missing, shared_text},
    own_texts::{Text, own_texts},
    own_words::{first_words, own_words},
};
use crate::{
    check::Checker,
    codes,
    definition::{FormDefinition, LocaleFile, LocaleStatus, Template},
    diagnostic::Diagnostic,
    expression::ExprKind,
    source::Spanned,
};

/// The texts of a form in all of its languages.
pub fn texts(checker: &mut Checker<'_>, said: &Said) -> Vec<Texts> {
    let form = checker.form;
    let mut own = own_texts(checker);
    for text in &mut own {
        text.broken = is_broken(text.template, &checker.diagnostics);
    }
    let limits = limits(checker);
    let mut diagnostics = Vec::new();
    let mut all = Vec::with_capacity(form.languages.len());
    let mut first: Option<(&Spanned<String>, Formats)> = None;
    for tag in &form.languages {
        let locale = tag.as_str();
        let currency = form
            .currency
            .as_ref()
            .map(|currency| currency.code.as_str());
        let (formats, known) = formats(locale, currency);
        let words = messages::catalogue(locale);
        if words.is_none() || !known {
            diagnostics.push(
                Diagnostic::warning(
                    codes::LANGUAGE,
                    tag.span,
                    format!("there are no default words for `{locale}` yet"),
                )
                .help("buttons, messages and dates stay English until the locale file gives them"),
            );
        }
        let words = words.or_else(|| messages::catalogue(messages::FALLBACK));
        let mut texts = words.unwrap_or_default();
        messages::choose_currency(&mut texts, currency);
        messages::drop_unused(&mut texts, form);
        let file = form.locales.iter().find(|file| file.locale.value == locale);
        let mut status = TextStatus::Reviewed;
        match &first {
            None => {
                let mut of_form = BTreeMap::new();
                let mut writer = Writer::new(said, &limits, tag, &formats, &mut diagnostics);
                for text in &own {
                    let template = shared_text(form, text, locale).unwrap_or(text.template);
                    writer.add(&mut of_form, text, template);
                }
                report_foreign(form, &own, tag, &mut diagnostics);
                if let Some(file) = file {
                    status = status_of(file);
                    texts.extend(first_words(file, &texts, &of_form, &mut diagnostics));
                }
                texts.extend(of_form);
                first = Some((tag, formats.clone()));
            }
            Some((first, first_formats)) => {
                status = file.map_or(TextStatus::Draft, status_of);
                let mut writer = Writer::new(said, &limits, tag, &formats, &mut diagnostics);
                let translated = translate(&own, file, form, &texts, tag, &mut writer);
                let without = |text: &&Text<'_>| !translated.contains_key(&text.key);
                for text in own.iter().filter(without) {
                    let template = shared_text(form, text, first.as_str());
                    let template = template.unwrap_or(text.template);
                    writer.add_untranslated(&mut texts, text, template, first_formats);
                }
                texts.extend(translated);
            }
        }
        derive_group_titles(form, &mut texts);
        messages::ask_for_files(&mut texts, &checker.names);
        all.push(Texts {
            locale: locale.to_owned(),
            status,
            formats,
            texts,
        });
    }
    checker.diagnostics.extend(diagnostics);
    all
}

const fn status_of(file: &LocaleFile) -> TextStatus {
    match file.status {
        LocaleStatus::Reviewed => TextStatus::Reviewed,
        LocaleStatus::Draft => TextStatus::Draft,
    }
}

/// The words that come with the compiler, for pages that belong to no form; English ones where there
/// are none of that language.
pub fn default_texts(locale: &str) -> Texts {
    let known = messages::catalogue(locale);
    let locale = if known.is_some() {
        locale
    } else {
        messages::FALLBACK
    };
    let mut texts = known
        .or_else(|| messages::catalogue(messages::FALLBACK))
        .unwrap_or_default();
    messages::choose_currency(&mut texts, None);
    Texts {
        locale: locale.to_owned(),
        status: TextStatus::Reviewed,
        formats: formats(locale, None).0,
        texts,
    }
}

/// A group is called what its page is called.
fn derive_group_titles(form: &FormDefinition, texts: &mut BTreeMap<String, String>) {
    for page in &form.pages {
        let crate::definition::PageContent::Group(group) = &page.content else {
            continue;
        };
        let title = texts
            .get(&format!("page.{}.title", page.page.value))
            .cloned();
        if let Some(title) = title {
            let key = format!("group.{}.title", group.group.value);
            texts.entry(key).or_insert(title);
        }
    }
}

/// The translations of a locale file, and a report of what is missing or of no use.
fn translate<'f>(
    own: &[Text<'f>],
    file: Option<&LocaleFile>,
    form: &'f FormDefinition,
    words: &BTreeMap<String, String>,
    tag: &Spanned<String>,
    writer: &mut Writer<'_>,
) -> BTreeMap<String, String> {
    let mut translated = BTreeMap::new();
    // What a shared file or the library says, where the form's own file says nothing.
    let of_others = |text: &Text<'f>| -> Option<&'f Template> {
        let library = || {
            let key = text.shared.as_deref()?;
            form.shared_texts.library(tag.as_str(), key)
        };
        shared_text(form, text, tag.as_str()).or_else(library)
    };
    let Some(file) = file else {
        writer.diagnostics.push(
            Diagnostic::warning(
                codes::MISSING_TEXT,
                tag.span,
                "this language has no locale file",
            )
            .help("without one its pages show the texts of the first language"),
        );
        for text in own {
            if let Some(template) = of_others(text) {
                writer.add(&mut translated, text, template);
            }
        }
        return translated;
    };
    let by_key: BTreeMap<&str, &Template> = file
        .texts
        .iter()
        .map(|(key, template)| (key.as_str(), template))
        .collect();
    let mut missing = Vec::new();
    let mut used = BTreeSet::new();
    for text in own {
        let keys = [Some(&text.key), text.shared.as_ref()];
        let found = keys.into_iter().flatten().find_map(|key| {
            let template = by_key.get(key.as_str())?;
            used.insert(key.as_str());
            Some(*template)
        });
        match found.or_else(|| of_others(text)) {
            Some(template) => {
                writer.add(&mut translated, text, template);
            }
            None => missing.push(text),
        }
    }
    // A shared translation counts as used even where each field has one of its own.
    used.extend(own.iter().filter_map(|text| text.shared.as_deref()));
    let keys = own.iter().map(|text| text.key.as_str());
    translated.extend(own_words(file, words, &used, keys, writer.diagnostics));
    report_missing(&missing, form, tag, writer.diagnostics);
    translated
}

/// Whether a placeholder of a text has been reported.
fn is_broken(template: &Template, reported: &[Diagnostic]) -> bool {
    template.placeholders().any(|placeholder| {
        let span = placeholder.span;
        let within = |found: &Diagnostic| {
            let place = found.span;
            place.file == span.file && span.start <= place.start && place.end <= span.end
        };
        placeholder.expr.kind == ExprKind::Error || reported.iter().any(within)
    })
}

pub(super) fn escaped(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

//! The texts of a form in each of its languages.

use std::collections::{BTreeMap, BTreeSet};

use counterfoil_engine::plan::{TextStatus, Texts};

use super::{
    Said,
    formats::formats,
    messages,
    own_words::{first_words, own_words},
};
use crate::{
    check::Checker,
    closest::closest,
    codes,
    definition::{
        ChoiceOption, FormDefinition, InputType, LocaleFile, LocaleStatus, Segment, Template,
    },
    diagnostic::Diagnostic,
    expression::ExprKind,
    source::Spanned,
};

/// Codes of which a form can give its own message.
const ERROR_CODES: &[&str] = &[
    "required", "type", "option", "length", "pattern", "format", "date", "duration", "unit",
    "order", "range", "scale", "accepted", "items",
];
/// What stands in the engine's own messages.
const LIMITS: &[&str] = &[
    "name",
    "Name",
    "min",
    "max",
    "scale",
    "min_length",
    "max_length",
    "unit",
];
/// Missing texts named one by one.
const MAX_NAMED: usize = 5;

/// What the placeholders of a text are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Placeholders {
    /// There are none.
    None,
    /// Expressions, which fill in the message of a check or rule.
    Expressions,
    /// Names of limits.
    Limits,
}

/// A text of the form in its first language.
struct Text<'f> {
    key: String,
    template: &'f Template,
    placeholders: Placeholders,
    /// A further key whose translation serves as well: options of a named set, texts of a field type.
    shared: Option<String>,
    /// Whether a placeholder of it is wrong, which has been reported.
    broken: bool,
}

/// The texts of a form in all of its languages.
pub fn texts(checker: &mut Checker<'_>, said: &Said) -> Vec<Texts> {
    let form = checker.form;
    let mut own = own_texts(checker);
    for text in &mut own {
        text.broken = is_broken(text.template, &checker.diagnostics);
    }
    let mut diagnostics = Vec::new();
    let mut all = Vec::with_capacity(form.languages.len());
    let mut first: Option<BTreeMap<String, String>> = None;
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
        let file = form.locales.iter().find(|file| file.locale.value == locale);
        let mut status = TextStatus::Reviewed;
        match &first {
            None => {
                let mut of_form = BTreeMap::new();
                for text in &own {
                    let template = shared_text(form, text, locale).unwrap_or(text.template);
                    let written = write(text, template, said, &mut diagnostics);
                    of_form.insert(text.key.clone(), written);
                }
                report_foreign(form, &own, tag, &mut diagnostics);
                if let Some(file) = file {
                    status = status_of(file);
                    texts.extend(first_words(file, &texts, &of_form, &mut diagnostics));
                }
                texts.extend(of_form.clone());
                first = Some(of_form);
            }
            Some(first) => {
                status = file.map_or(TextStatus::Draft, status_of);
                let translated = translate(&own, file, form, &texts, said, tag, &mut diagnostics);
                texts.extend(first.clone());
                texts.extend(translated);
            }
        }
        derive_group_titles(form, &mut texts);
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
    said: &Said,
    tag: &Spanned<String>,
    diagnostics: &mut Vec<Diagnostic>,
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
        diagnostics.push(
            Diagnostic::warning(
                codes::MISSING_TEXT,
                tag.span,
                "this language has no locale file",
            )
            .help("without one its pages show the texts of the first language"),
        );
        for text in own {
            if let Some(template) = of_others(text) {
                let written = write(text, template, said, diagnostics);
                translated.insert(text.key.clone(), written);
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
                let written = write(text, template, said, diagnostics);
                translated.insert(text.key.clone(), written);
            }
            None => missing.push(text),
        }
    }
    // A shared translation counts as used even where each field has one of its own.
    used.extend(own.iter().filter_map(|text| text.shared.as_deref()));
    let keys = own.iter().map(|text| text.key.as_str());
    translated.extend(own_words(file, words, &used, keys, diagnostics));
    report_missing(&missing, form, tag, diagnostics);
    translated
}

/// The text of a shared file in a language.
fn shared_text<'f>(
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
fn report_foreign(
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
fn report_missing(
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

/// A text as the plan has it. Messages are templates, in which a brace is doubled; other texts stand as
/// they are.
fn write(
    text: &Text<'_>,
    template: &Template,
    said: &Said,
    diagnostics: &mut Vec<Diagnostic>,
) -> String {
    let mut written = String::new();
    for segment in &template.segments {
        let placeholder = match segment {
            Segment::Literal(literal) if text.placeholders == Placeholders::None => {
                written.push_str(literal);
                continue;
            }
            Segment::Literal(literal) => {
                written.push_str(&escaped(literal));
                continue;
            }
            Segment::Placeholder(placeholder) => placeholder,
        };
        let source = placeholder.source.as_str();
        let name = match text.placeholders {
            Placeholders::None => None,
            Placeholders::Expressions => said.param(&text.key, source),
            Placeholders::Limits => LIMITS.contains(&source).then_some(source),
        };
        if let Some(name) = name {
            written.push_str(&format!("{{{name}}}"));
            continue;
        }
        // What the form's own text gets wrong, a translation need not repeat.
        if text.broken {
            continue;
        }
        let known: Vec<String> = match text.placeholders {
            Placeholders::None => Vec::new(),
            Placeholders::Expressions => said
                .sources(&text.key)
                .map(|s| format!("`{{{s}}}`"))
                .collect(),
            Placeholders::Limits => LIMITS.iter().map(|s| format!("`{{{s}}}`")).collect(),
        };
        let diagnostic = Diagnostic::error(
            codes::TEXT_PLACEHOLDER,
            placeholder.span,
            format!("nothing fills in `{{{source}}}` here"),
        );
        diagnostics.push(if known.is_empty() {
            diagnostic.help("this text has no placeholders; write `{{` for a brace")
        } else {
            diagnostic.help(format!("this text can have {}", known.join(", ")))
        });
    }
    written
}

/// Whether a placeholder of a text has been reported.
fn is_broken(template: &Template, reported: &[Diagnostic]) -> bool {
    template.segments.iter().any(|segment| match segment {
        Segment::Literal(_) => false,
        Segment::Placeholder(placeholder) => {
            let span = placeholder.span;
            let within = |found: &Diagnostic| {
                let place = found.span;
                place.file == span.file && span.start <= place.start && place.end <= span.end
            };
            placeholder.expr.kind == ExprKind::Error || reported.iter().any(within)
        }
    })
}

pub(super) fn escaped(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

/// Every text of the form, in its own order.
fn own_texts<'f>(checker: &mut Checker<'f>) -> Vec<Text<'f>> {
    let form = checker.form;
    let mut texts = Vec::new();
    let mut add = |key: String, template: Option<&'f Template>| {
        if let Some(template) = template {
            texts.push(Text {
                key,
                template,
                placeholders: Placeholders::None,
                shared: None,
                broken: false,
            });
        }
    };
    add("form.title".to_owned(), Some(&form.title));
    add("form.authority".to_owned(), form.authority.as_ref());
    add("form.introduction".to_owned(), form.introduction.as_ref());
    if let Some(privacy) = &form.privacy {
        add("privacy.controller".to_owned(), Some(&privacy.controller));
        for purpose in &privacy.purposes {
            let key = format!("privacy.purpose.{}", purpose.purpose.value);
            add(key, Some(&purpose.say));
        }
    }
    for page in &form.pages {
        let key = format!("page.{}", page.page.value);
        add(format!("{key}.title"), Some(&page.title));
        add(format!("{key}.text"), page.text.as_ref());
    }
    for group in &checker.names.groups {
        let key = format!("group.{}.record", group.group.group.value);
        add(key, group.group.record.as_ref());
    }
    for value in &checker.names.values {
        add(
            format!("value.{}.label", value.path),
            value.value.label.as_ref(),
        );
    }
    for parameter in &form.parameters {
        let key = format!("parameter.{}.label", parameter.parameter.value);
        add(key, parameter.label.as_ref());
    }
    for table in &form.tables {
        add(
            format!("table.{}.label", table.table.value),
            table.label.as_ref(),
        );
    }
    for function in &form.functions {
        let key = format!("function.{}", function.function.value);
        add(format!("{key}.label"), function.label.as_ref());
        for argument in &function.arguments {
            let key = format!("{key}.{}.label", argument.argument.value);
            add(key, argument.label.as_ref());
        }
    }
    for fact in &form.facts {
        add(
            format!("fact.{}.label", fact.fact.value),
            fact.label.as_ref(),
        );
    }
    for decision in &form.decisions {
        add(
            format!("decision.{}.title", decision.decision.value),
            Some(&decision.title),
        );
    }
    for (kind, lines) in [("fee", &form.fees), ("entitlement", &form.entitlements)] {
        for line in lines {
            add(
                format!("{kind}.{}.label", line.line.value),
                Some(&line.label),
            );
        }
    }
    for entry in &checker.names.fields {
        let key = format!("field.{}", entry.path);
        let field = entry.field;
        add(format!("{key}.label"), Some(&field.label));
        add(format!("{key}.name"), field.name.as_ref());
        add(format!("{key}.hint"), field.hint.as_ref());
        add(format!("{key}.unit"), field.unit.as_ref());
    }
    for composite in &form.composites {
        let key = format!("field.{}", composite.path());
        let parts = [("label", &composite.legend), ("hint", &composite.hint)];
        for (part, template) in parts {
            texts.extend(template.as_ref().map(|template| Text {
                key: format!("{key}.{part}"),
                template,
                placeholders: Placeholders::None,
                shared: None,
                broken: false,
            }));
        }
    }
    option_texts(checker, &mut texts);
    message_texts(checker, &mut texts);
    for text in &mut texts {
        let shared = form.shared_texts.key_at(text.template.span);
        text.shared = text.shared.take().or_else(|| shared.map(str::to_owned));
    }
    texts
}

fn option_texts<'f>(checker: &Checker<'f>, texts: &mut Vec<Text<'f>>) {
    let form = checker.form;
    let fields = checker.names.fields.iter().map(|entry| {
        let key = format!("field.{}", entry.path);
        (key, &entry.field.type_.value)
    });
    let facts = form.facts.iter().map(|fact| {
        let key = format!("fact.{}", fact.fact.value);
        (key, &fact.type_.value)
    });
    let arguments = form.functions.iter().flat_map(|function| {
        function.arguments.iter().filter_map(move |argument| {
            let key = format!(
                "function.{}.{}",
                function.function.value, argument.argument.value
            );
            match &argument.type_ {
                InputType::Typed(type_) => Some((key, &type_.value)),
                InputType::SameAs(_) | InputType::Error => None,
            }
        })
    });
    for (key, type_) in fields.chain(facts).chain(arguments) {
        let Some((options, set)) = options_of(form, type_) else {
            continue;
        };
        for option in options {
            let id = &option.option.value;
            let parts = [("", Some(&option.label)), (".hint", option.hint.as_ref())];
            for (suffix, template) in parts {
                let Some(template) = template else {
                    continue;
                };
                texts.push(Text {
                    key: format!("{key}.option.{id}{suffix}"),
                    template,
                    placeholders: Placeholders::None,
                    shared: set.map(|set| format!("option_set.{set}.{id}{suffix}")),
                    broken: false,
                });
            }
        }
    }
}

fn options_of<'f>(
    form: &'f FormDefinition,
    type_: &'f crate::definition::FieldType,
) -> Option<(&'f [ChoiceOption], Option<&'f str>)> {
    use crate::definition::{FieldType, Options};

    let (FieldType::Choice { options } | FieldType::Set { options }) = type_ else {
        return None;
    };
    match options {
        Options::Inline(options) => Some((options, None)),
        Options::Named(name) => {
            let mut sets = form.option_sets.iter();
            let set = sets.find(|set| set.option_set.value == name.value)?;
            Some((&set.options, Some(name.as_str())))
        }
        Options::Error => None,
    }
}

/// What checks and rules say, and the form's own error messages.
fn message_texts<'f>(checker: &mut Checker<'f>, texts: &mut Vec<Text<'f>>) {
    let form = checker.form;
    let mut add = |key: String, template: &'f Template, placeholders: Placeholders| {
        texts.push(Text {
            key,
            template,
            placeholders,
            shared: None,
            broken: false,
        });
    };
    for check in &form.checks {
        let key = format!("check.{}", check.check.value);
        add(key, &check.say, Placeholders::Expressions);
    }
    for decision in &form.decisions {
        for rule in &decision.rules {
            let key = format!("rule.{}.{}", decision.decision.value, rule.rule.value);
            add(key, &rule.say, Placeholders::Expressions);
        }
    }
    for entry in &checker.names.fields {
        for (code, template) in &entry.field.errors {
            if ERROR_CODES.contains(&code.as_str()) {
                let key = format!("field.{}.error.{}", entry.path, code.value);
                add(key, template, Placeholders::Limits);
                continue;
            }
            let diagnostic = Diagnostic::error(
                codes::UNKNOWN_TEXT,
                code.span,
                format!("there is no error `{}`", code.value),
            );
            let meant = closest(code.as_str(), ERROR_CODES.iter().copied());
            checker.diagnostics.push(match meant {
                Some(meant) => diagnostic
                    .help(format!("did you mean `{meant}`?"))
                    .suggest(code.span, meant),
                None => diagnostic.help(format!("errors are {}", ERROR_CODES.join(", "))),
            });
        }
    }
}

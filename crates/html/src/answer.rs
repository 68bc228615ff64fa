//! Answers in words.

use counterfoil_engine::{
    answers::Data,
    format,
    input::RANGE_PARTS,
    plan::{FieldType, Texts, Type},
};
use maud::{Markup, html};

use crate::{pairs, path, place::Place, view::View};

/// The answer to a question as the report took it, or else as it was typed; `None` where there is
/// none.
pub(crate) fn answer(view: &View<'_>, texts: &Texts, place: &Place<'_>) -> Option<Markup> {
    match path::answer(&view.report.answers, &place.path) {
        Some(data) => taken(texts, place, data),
        None => typed(view, texts, place),
    }
}

fn taken(texts: &Texts, place: &Place<'_>, data: &Data) -> Option<Markup> {
    match (&place.field.type_, data) {
        (_, Data::Null) => None,
        (_, Data::Bool(true)) if place.field.presentation.file => {
            Some(written(texts.text("ui.files.answer")))
        }
        (FieldType::Text { .. }, Data::Text(text)) => Some(html! {
            span .cf-written dir="auto" { (text) }
        }),
        (FieldType::Set { .. }, Data::List(options)) => {
            let options = options.iter().filter_map(Data::as_text);
            list(
                options
                    .map(|option| option_label(texts, place, option))
                    .collect(),
            )
        }
        (type_, data) => {
            let text = format::value(texts, data, &written_type(type_, &place.key));
            Some(match texts.get(&format!("{}.unit", place.key)) {
                Some(unit) => written(&format!("{text} {unit}")),
                None => written(&text),
            })
        }
    }
}

/// How answers of a type are written out.
fn written_type(type_: &FieldType, labels: &str) -> Type {
    match type_ {
        FieldType::Boolean { .. } => Type::Boolean,
        FieldType::Integer { .. } => Type::Integer,
        FieldType::Decimal { .. } => Type::Decimal,
        FieldType::Money { .. } => Type::Money,
        FieldType::Text { .. } => Type::Text,
        FieldType::Date { .. } => Type::Date,
        FieldType::Duration { unit, .. } => Type::Duration { unit: Some(*unit) },
        FieldType::DateRange { .. } => Type::DateRange,
        FieldType::Choice { .. } => Type::Choice {
            labels: labels.to_owned(),
        },
        FieldType::Set { .. } => Type::Set {
            labels: labels.to_owned(),
        },
    }
}

fn typed(view: &View<'_>, texts: &Texts, place: &Place<'_>) -> Option<Markup> {
    let values: Vec<_> = match &place.field.type_ {
        FieldType::Date { .. } => {
            vec![typed_date(view, &place.path)]
        }
        FieldType::DateRange { .. } => RANGE_PARTS
            .map(|part| typed_date(view, &format!("{}.{part}", place.path)))
            .into(),
        FieldType::Choice { .. } | FieldType::Set { .. } => pairs::all(view.pairs, &place.path)
            .map(|option| option_label(texts, place, option))
            .collect(),
        _ => pairs::all(view.pairs, &place.path)
            .map(str::to_owned)
            .collect(),
    };
    list(
        values
            .into_iter()
            .filter(|value| !value.is_empty())
            .collect(),
    )
}

fn typed_date(view: &View<'_>, path: &str) -> String {
    let parts = crate::date_parts::typed(view.pairs, path);
    parts.join(" ").trim().to_owned()
}

/// The label of an option; one that the form does not know is shown as it came.
pub(crate) fn option_label(texts: &Texts, place: &Place<'_>, option: &str) -> String {
    texts
        .get(&format!("{}.option.{option}", place.key))
        .unwrap_or(option)
        .to_owned()
}

/// A text with the line breaks that a person typed.
fn written(text: &str) -> Markup {
    html! { span .cf-written { (text) } }
}

fn list(items: Vec<String>) -> Option<Markup> {
    match items.as_slice() {
        [] => None,
        [only] => Some(written(only)),
        several => Some(html! {
            ul class="govuk-list cf-answers" {
                @for item in several { li { (item) } }
            }
        }),
    }
}

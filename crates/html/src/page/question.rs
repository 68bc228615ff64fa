//! A page of questions, and a record's own page.

use counterfoil_engine::{
    letters::capitalised,
    plan::{Field, FieldType, Group, Texts},
};
use maud::{Markup, html};

use super::step::{Parts, Step, assemble, errors, new_questions};
use crate::{
    component::prose,
    composite,
    document::Content,
    field,
    place::{Place, record_places},
    texts::{page_title, with},
    view::View,
};

/// A page of single fields.
pub(super) fn fields(view: &View<'_>, texts: &Texts, step: &Step<'_>, fields: &[Field]) -> Content {
    let places: Vec<_> = fields.iter().map(Place::single).collect();
    let title = page_title(texts, step.page);
    let text = texts
        .get(&format!("page.{}.text", step.page))
        .map(str::to_owned);
    questions(
        view,
        texts,
        step,
        &places,
        &Head {
            title,
            caption: None,
            text,
        },
    )
}

/// One record of a group.
pub(super) fn record(
    view: &View<'_>,
    texts: &Texts,
    step: &Step<'_>,
    group: &Group,
    record: usize,
) -> Content {
    let head = Head {
        title: record_title(texts, group, record),
        caption: Some(page_title(texts, step.page)),
        text: None,
    };
    questions(view, texts, step, &record_places(group, record), &head)
}

/// A record's name and number, such as `Street 2`.
pub(super) fn record_title(texts: &Texts, group: &Group, record: usize) -> String {
    let noun = record_noun(texts, group);
    let capitalised = capitalised(&noun);
    with(
        texts,
        "ui.record.title",
        &[
            ("record", &capitalised),
            ("number", &(record + 1).to_string()),
        ],
    )
}

/// The noun for one record of a group.
pub(super) fn record_noun(texts: &Texts, group: &Group) -> String {
    texts
        .get(&format!("group.{}.record", group.group))
        .unwrap_or_else(|| texts.text("ui.record.noun"))
        .to_owned()
}

/// What stands above the questions.
struct Head {
    title: String,
    caption: Option<String>,
    text: Option<String>,
}

fn questions(
    view: &View<'_>,
    texts: &Texts,
    step: &Step<'_>,
    places: &[Place<'_>],
    head: &Head,
) -> Content {
    // One question is the page's heading itself; a statement to confirm is none and needs a heading.
    let only = match places {
        [only] if only.field.type_ != (FieldType::Boolean { accepted: true }) => Some(only),
        _ => None,
    };
    let label = only.map(|place| field::label(texts, place));
    let title = label.clone().unwrap_or_else(|| head.title.clone());
    let caption = match &label {
        Some(label) => Some(&head.title).filter(|title| *title != label),
        None => head.caption.as_ref(),
    };
    let body = html! {
        @if let Some(caption) = caption {
            span .govuk-caption-l { (caption) }
        }
        @if only.is_none() {
            h1 .govuk-heading-l { (head.title) }
        }
        @if let Some(text) = &head.text { (text_of(only.is_some(), text)) }
        @match only {
            Some(place) => (field::field(view, texts, place, true)),
            None => (composite::questions(view, texts, places)),
        }
    };
    let here: Vec<_> = places.iter().map(|place| place.path.clone()).collect();
    let parts = Parts {
        title,
        errors: errors(view, places),
        new: new_questions(view, texts, places),
        body,
        here: &here,
    };
    assemble(view, texts, step, parts)
}

/// Guidance above the questions; set apart where the heading follows it.
fn text_of(before_heading: bool, text: &str) -> Markup {
    html! {
        @if before_heading {
            div .cf-guidance { (prose(text)) }
        } @else {
            (prose(text))
        }
    }
}

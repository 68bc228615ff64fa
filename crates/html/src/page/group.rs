//! The list of a group's records: what was added, to be changed, removed or added to.

use counterfoil_engine::plan::{FieldType, Group, Texts};
use maud::{Markup, html};

use super::{
    question::{record_noun, record_title},
    step::{Parts, Step, assemble},
};
use crate::{
    answer::answer,
    component::{
        Button, ButtonKind, SummaryAction, SummaryItem, SummaryRow, button, error_message,
        link_button, prose, summary_list,
    },
    control_id,
    document::Content,
    path::record_of,
    place::{Place, record_places},
    texts::{page_title, with},
    view::{Links, View, control},
};

/// How many of a record's answers its row shows.
const SHOWN_ANSWERS: usize = 3;

/// The list of a group's records.
pub(super) fn list(view: &View<'_>, texts: &Texts, step: &Step<'_>, group: &Group) -> Content {
    let title = page_title(texts, step.page);
    let text = texts.get(&format!("page.{}.text", step.page));
    let count = view.records(&group.group);
    let rows: Vec<_> = (0..count)
        .map(|record| row(view, texts, step, group, record, count))
        .collect();
    let noun = record_noun(texts, group);
    let id = control_id(&group.group);
    let max = group.max.to_string();
    let full = u32::try_from(count).is_ok_and(|count| count >= group.max);
    let error = view.error(&group.group);
    let add = with(
        texts,
        if count == 0 {
            "ui.group.add_first"
        } else {
            "ui.group.add"
        },
        &[("record", &noun)],
    );
    let body = html! {
        h1 .govuk-heading-l { (title) }
        @if let Some(text) = &text { (prose(text)) }
        @if count == 0 {
            p .govuk-body { (texts.text("ui.group.empty")) }
        } @else {
            (summary_list(&rows))
        }
        div class={ "govuk-form-group" @if error.is_some() { " govuk-form-group--error" } }
            data-path=(group.group) {
            @if let Some(error) = error {
                (error_message(&id, texts.text("ui.error.word"), error))
            }
            @if full {
                p .govuk-body id=(id) tabindex="-1" {
                    (with(texts, "ui.group.full", &[("max", &max)]))
                }
            } @else {
                p .govuk-hint { (with(texts, "ui.group.max", &[("max", &max)])) }
                (link_button(ButtonKind::Secondary, &address(view, step, count), &add, Some(&id)))
            }
        }
    };
    let parts = Parts {
        title: title.clone(),
        errors: errors(view, step, group),
        new: Vec::new(),
        body,
        // Nothing is typed on this page: all that was typed before stays at hand for a script.
        here: &[],
    };
    assemble(view, texts, step, parts)
}

fn row(
    view: &View<'_>,
    texts: &Texts,
    step: &Step<'_>,
    group: &Group,
    record: usize,
    count: usize,
) -> SummaryRow {
    let title = record_title(texts, group, record);
    let places = record_places(group, record);
    let answers: Vec<Markup> = places
        .iter()
        .filter(|place| view.asks(&place.path))
        .filter_map(|place| told(view, texts, place))
        .take(SHOWN_ANSWERS)
        .collect();
    let finding = places.iter().find_map(|place| view.error(&place.path));
    let value = html! {
        @for (index, answer) in answers.iter().enumerate() {
            @if index > 0 { br; }
            (answer)
        }
        @if let Some(finding) = finding {
            p .govuk-error-message {
                span .govuk-visually-hidden { (texts.text("ui.error.word")) } " " (finding)
            }
        }
    };
    let remove = button(&Button {
        text: texts.text("ui.remove"),
        context: Some(&format!("({title})")),
        kind: ButtonKind::Link,
        sends: Some((control::REMOVE, control::removal(record, count))),
    });
    SummaryRow {
        actions: vec![
            SummaryAction::Link {
                href: address(view, step, record),
                text: texts.text("ui.change").to_owned(),
                context: title.clone(),
            },
            SummaryAction::Button(remove),
        ],
        key: title,
        value,
    }
}

/// An answer as it stands in a record's row. A bare number, or a bare yes, says nothing by itself: it comes
/// with its question.
fn told(view: &View<'_>, texts: &Texts, place: &Place<'_>) -> Option<Markup> {
    let answer = answer(view, texts, place)?;
    let has_unit = texts.get(&format!("{}.unit", place.key)).is_some();
    let is_bare = match place.field.type_ {
        FieldType::Boolean { .. } => true,
        FieldType::Integer { .. } | FieldType::Decimal { .. } => !has_unit,
        _ => false,
    };
    Some(if is_bare {
        let key = format!("{}.label", place.key);
        html! { span .cf-told { (texts.text(&key)) } " " (answer) }
    } else {
        answer
    })
}

/// What is wrong: with the group as a whole at its button, with a record on the record's own page.
fn errors(view: &View<'_>, step: &Step<'_>, group: &Group) -> Vec<SummaryItem> {
    if !view.posted {
        return Vec::new();
    }
    let whole = view.error(&group.group).map(|message| SummaryItem {
        href: Some(format!("#{}", control_id(&group.group))),
        message: message.to_owned(),
    });
    let words = view.words;
    let errors = words.errors.iter().map(|e| (&e.path, &e.message));
    let missing = words.missing.iter().map(|m| (&m.path, &m.message));
    let records = errors.chain(missing).filter_map(|(path, message)| {
        let record = record_of(path, &group.group)?;
        Some(SummaryItem {
            href: Some(format!(
                "{}#{}",
                address(view, step, record),
                control_id(path)
            )),
            message: message.clone(),
        })
    });
    whole.into_iter().chain(records).collect()
}

/// The address of a record's own page.
fn address(view: &View<'_>, step: &Step<'_>, record: usize) -> String {
    let address = view.links.record(step.page, record);
    if step.change {
        Links::change(&address)
    } else {
        address
    }
}

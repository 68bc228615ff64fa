//! What is still to be sent after an application.

use counterfoil_engine::{
    answers::Data,
    plan::{PageContent, Texts},
};
use maud::{Markup, html};

use crate::{
    composite, path,
    place::{Place, record_places},
    view::View,
};

/// The documents that the applicant will send, each with how it is sent; nothing where there are none.
pub(super) fn to_send(view: &View<'_>, texts: &Texts) -> Markup {
    let mut due = Vec::new();
    for page in &view.plan.rules().pages {
        let places = match &page.content {
            PageContent::Fields(fields) => fields.iter().map(Place::single).collect(),
            PageContent::Group(group) => match view.report.answers.get(&group.group) {
                Some(Data::List(records)) => {
                    let records = 0..records.len();
                    records
                        .flat_map(|record| record_places(group, record))
                        .collect()
                }
                _ => Vec::new(),
            },
        };
        due.extend(places.into_iter().filter(|place| {
            let answer = path::answer(&view.report.answers, &place.path);
            place.field.presentation.file && answer == Some(&Data::Bool(true))
        }));
    }
    html! {
        @if !due.is_empty() {
            h2 .govuk-heading-m { (texts.text("ui.files.title")) }
            ul class="govuk-list govuk-list--bullet" data-files {
                @for place in &due {
                    li {
                        (composite::full_label(texts, place))
                        @if let Some(hint) = texts.get(&format!("{}.hint", place.key)) {
                            br; span .cf-told { (hint) }
                        }
                    }
                }
            }
            p .govuk-body { (texts.text("ui.files.text")) }
        }
    }
}

//! Questions of several parts: their fields under one legend.

use counterfoil_engine::plan::Texts;
use maud::{Markup, html};

use crate::{
    component::{Fieldset, fieldset},
    control_id, field,
    place::Place,
    texts::with,
    view::View,
};

/// The questions of a page, those of one composite under its legend.
pub(crate) fn questions(view: &View<'_>, texts: &Texts, places: &[Place<'_>]) -> Markup {
    let runs = places.chunk_by(|one, next| whole(one).is_some() && whole(one) == whole(next));
    html! {
        @for run in runs {
            @match run.first().and_then(|first| Some((first, legend(texts, first)?))) {
                Some((first, legend)) => (parts(view, texts, run, first, legend)),
                None => {
                    @for place in run { (field::field(view, texts, place, false)) }
                }
            }
        }
    }
}

/// What a question is called where it stands away from its legend.
pub(crate) fn full_label(texts: &Texts, place: &Place<'_>) -> String {
    let key = format!("{}.label", place.key);
    let label = texts.text(&key);
    match legend(texts, place) {
        Some(whole) => with(texts, "ui.part", &[("whole", whole), ("part", label)]),
        None => label.to_owned(),
    }
}

fn parts(
    view: &View<'_>,
    texts: &Texts,
    places: &[Place<'_>],
    first: &Place<'_>,
    legend: &str,
) -> Markup {
    let hint = whole(first).and_then(|whole| texts.get(&format!("{whole}.hint")));
    let hint_id = format!("{}-parts-hint", control_id(&first.path));
    let content = html! {
        @if let Some(hint) = hint {
            div id=(hint_id) class="govuk-hint" { (hint) }
        }
        @for place in places { (field::field(view, texts, place, false)) }
    };
    let part = Fieldset {
        legend,
        heading: false,
        role: Some("group"),
        described_by: hint.map(|_| hint_id.as_str()),
    };
    html! {
        div .cf-composite { (fieldset(&part, &content)) }
    }
}

/// Prefix of the text keys of the composite that a question is a part of.
fn whole(place: &Place<'_>) -> Option<String> {
    let composite = place.field.presentation.part_of.as_ref()?;
    let scope = place.key.strip_suffix(&place.field.field)?;
    Some(format!("{scope}{composite}"))
}

fn legend<'t>(texts: &'t Texts, place: &Place<'_>) -> Option<&'t str> {
    texts.get(&format!("{}.label", whole(place)?))
}

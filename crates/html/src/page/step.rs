//! One step of a form: a page of questions, a group's list of records, or one record.

use counterfoil_engine::{
    explain::Explanation,
    plan::{PageContent, Texts},
};
use maud::{Markup, html};

use super::{followed::followed, group, question};
use crate::{
    component::{Button, ButtonKind, SummaryItem, button, error_summary, notice},
    document::Content,
    field, panel, place,
    place::Place,
    view::{Links, View, control},
};

/// Which step is to be drawn.
#[derive(Clone, Copy, Debug)]
pub struct Step<'a> {
    /// The page's id.
    pub page: &'a str,
    /// The record, from 0, where the page asks a group and one of its records is open. The record may
    /// be the one after the last, which is then being added.
    pub record: Option<usize>,
    /// Where the link back leads.
    pub back: Option<&'a str>,
    /// Whether the person came to change an answer and goes straight back to check them all.
    pub change: bool,
    /// How the total is worked out so far, for a form with fees or entitlements.
    pub why: Option<&'a Explanation>,
}

/// A step; `None` where the form has no such page, or the page no such record.
pub fn step(view: &View<'_>, step: &Step<'_>) -> Option<Content> {
    let texts = view.texts();
    let page = place::page(view.plan, step.page)?;
    match (&page.content, step.record) {
        (PageContent::Fields(fields), None) => Some(question::fields(view, texts, step, fields)),
        (PageContent::Group(group), None) => Some(group::list(view, texts, step, group)),
        (PageContent::Group(group), Some(record)) => {
            let within = u32::try_from(record).is_ok_and(|record| record < group.max);
            within.then(|| question::record(view, texts, step, group, record))
        }
        (PageContent::Fields(_), Some(_)) => None,
    }
}

impl Step<'_> {
    /// The step's own address, to which its form is sent.
    fn address(&self, view: &View<'_>) -> String {
        let address = match self.record {
            Some(record) => view.links.record(self.page, record),
            None => view.links.page(self.page),
        };
        if self.change {
            Links::change(&address)
        } else {
            address
        }
    }
}

/// What a step puts into its form.
pub(super) struct Parts<'a> {
    /// The page's heading, for the document's title.
    pub(super) title: String,
    /// What is wrong, with where it is put right.
    pub(super) errors: Vec<SummaryItem>,
    /// Questions that this very post has brought up.
    pub(super) new: Vec<(String, String)>,
    /// What stands in the form, without its button.
    pub(super) body: Markup,
    /// Paths whose controls stand in the form.
    pub(super) here: &'a [String],
}

/// Puts a step together: what is wrong, the form, what the answers come to so far, and what was typed
/// elsewhere.
pub(super) fn assemble(
    view: &View<'_>,
    texts: &Texts,
    step: &Step<'_>,
    parts: Parts<'_>,
) -> Content {
    let with_panel = panel::has_panel(view);
    let main = html! {
        div .govuk-grid-row {
            div .govuk-grid-column-two-thirds {
                @if !parts.errors.is_empty() {
                    (error_summary(texts.text("ui.error.title"), &parts.errors))
                } @else if !parts.new.is_empty() {
                    (notice(
                        texts.text("ui.new.title"),
                        texts.text("ui.new.text"),
                        &parts.new,
                    ))
                }
                form method="post" action=(step.address(view)) novalidate {
                    (token(view))
                    (parts.body)
                    (button(&Button {
                        text: texts.text("ui.continue"),
                        context: None,
                        kind: ButtonKind::Primary,
                        sends: None,
                    }))
                }
            }
            @if with_panel {
                div .govuk-grid-column-one-third { (panel::panel(view, texts, step.why)) }
            }
        }
    };
    Content {
        title: parts.title,
        has_errors: !parts.errors.is_empty(),
        back: step.back.map(str::to_owned),
        main,
        followed: Some(followed(view, step.page, step.record, parts.here)),
    }
}

/// The token against forged posts.
pub(super) fn token(view: &View<'_>) -> Markup {
    html! {
        @if let Some(token) = view.csrf {
            input type="hidden" name=(control::CSRF) value=(token);
        }
    }
}

/// What is wrong with the questions of a page, in their order.
pub(super) fn errors(view: &View<'_>, places: &[Place<'_>]) -> Vec<SummaryItem> {
    places
        .iter()
        .filter(|place| view.asks(&place.path))
        .filter_map(|place| {
            Some(SummaryItem {
                message: view.error(&place.path)?.to_owned(),
                href: Some(format!("#{}", field::target(view, place))),
            })
        })
        .collect()
}

/// The questions of a page that this very post has brought up.
pub(super) fn new_questions(
    view: &View<'_>,
    texts: &Texts,
    places: &[Place<'_>],
) -> Vec<(String, String)> {
    places
        .iter()
        .filter(|place| view.new.contains(&place.path) && view.asks(&place.path))
        .map(|place| {
            let href = format!("#{}", field::target(view, place));
            (href, field::label(texts, place))
        })
        .collect()
}

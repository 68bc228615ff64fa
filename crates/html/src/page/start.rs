//! A form's first page.

use maud::html;

use super::step::token;
use crate::{
    component::{Button, ButtonKind, button, prose, start_button},
    document::Content,
    texts::page_title,
    view::View,
};

/// What a start page shows besides the form's own texts.
#[derive(Clone, Copy, Debug)]
pub struct Start<'a> {
    /// Where the start button leads: the first page, or the one at which the person stopped.
    pub begin: &'a str,
    /// Whether an application was begun and not sent.
    pub begun: bool,
    /// Whether an example can be filled in.
    pub example: bool,
}

/// A form's first page: what it is for, what it asks, and the button that begins it.
pub fn start(view: &View<'_>, start: &Start<'_>) -> Content {
    let texts = view.texts();
    let title = texts.text("form.title");
    let mut asked: Vec<String> = Vec::new();
    for page in &view.plan.rules().pages {
        if page.when.is_some() && !view.asks_page(page) {
            continue;
        }
        let title = match &page.section {
            Some(section) => texts.text(&format!("section.{section}.title")).to_owned(),
            None => page_title(texts, &page.page),
        };
        if asked.last() != Some(&title) {
            asked.push(title);
        }
    }
    let begin = texts.text(if start.begun {
        "ui.start.resume"
    } else {
        "ui.start.begin"
    });
    let main = html! {
        div .govuk-grid-row {
            div .govuk-grid-column-two-thirds {
                h1 .govuk-heading-xl { (title) }
                @if let Some(introduction) = texts.get("form.introduction") {
                    (prose(introduction))
                }
                h2 .govuk-heading-m { (texts.text("ui.start.asked")) }
                ul class="govuk-list govuk-list--bullet" {
                    @for asked in &asked { li { (asked) } }
                }
                @if view.words.fees.is_some() {
                    p .govuk-body { (texts.text("ui.start.fee")) }
                }
                (start_button(start.begin, begin))
                // An example would take the place of what was answered so far.
                @if start.example && !start.begun {
                    form method="post" action=(view.links.example()) {
                        (token(view))
                        h2 .govuk-heading-m { (texts.text("ui.start.try")) }
                        p .govuk-body { (texts.text("ui.start.try_text")) }
                        (button(&Button {
                            text: texts.text("ui.start.example"),
                            context: None,
                            kind: ButtonKind::Secondary,
                            sends: None,
                        }))
                    }
                }
            }
        }
    };
    Content {
        title: title.to_owned(),
        has_errors: false,
        back: Some(view.links.catalogue.to_owned()),
        main,
        followed: None,
    }
}

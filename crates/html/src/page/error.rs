//! Pages for what went wrong outside a form's questions.

use counterfoil_engine::plan::Texts;
use maud::html;

use crate::{component::ButtonKind, component::link_button, document::Content};

/// There is no such page.
pub fn not_found(texts: &Texts, home: &str) -> Content {
    page(texts, "ui.not_found", Some((home, "ui.footer.home")))
}

/// The office failed; nothing was stored.
pub fn failed(texts: &Texts, home: &str) -> Content {
    page(texts, "ui.failed", Some((home, "ui.footer.home")))
}

/// More was sent than the service takes.
pub fn too_large(texts: &Texts, home: &str) -> Content {
    page(texts, "ui.too_large", Some((home, "ui.footer.home")))
}

/// What was sent is no form, or comes from a page of another site.
pub fn unreadable(texts: &Texts, home: &str) -> Content {
    page(texts, "ui.unreadable", Some((home, "ui.footer.home")))
}

/// What the person saw is no longer what the answers come to, though the figures are the same.
pub fn outdated(texts: &Texts, check_answers: &str) -> Content {
    page(
        texts,
        "ui.outdated",
        Some((check_answers, "ui.stopped.check")),
    )
}

/// The answers typed so far are no longer kept.
pub fn expired(texts: &Texts, start: &str) -> Content {
    page(texts, "ui.expired", Some((start, "ui.start.again")))
}

/// The form is not in force today.
pub fn closed(texts: &Texts, home: &str) -> Content {
    page(texts, "ui.closed", Some((home, "ui.footer.home")))
}

fn page(texts: &Texts, key: &str, onward: Option<(&str, &str)>) -> Content {
    let title = texts.text(&format!("{key}.title")).to_owned();
    let main = html! {
        div .govuk-grid-row {
            div .govuk-grid-column-two-thirds {
                h1 .govuk-heading-l { (title) }
                (crate::component::prose(texts.text(&format!("{key}.text"))))
                @if let Some((href, text)) = onward {
                    (link_button(ButtonKind::Secondary, href, texts.text(text), None))
                }
            }
        }
    };
    Content {
        title,
        has_errors: false,
        back: None,
        main,
        followed: None,
    }
}

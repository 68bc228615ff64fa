//! The figure that the person saw is not the one that the office worked out.

use counterfoil_engine::format;
use maud::{Markup, html};

use super::send::send;
use crate::{component::inset_text, document::Content, view::View};

/// A figure that differs.
#[derive(Clone, Copy, Debug)]
pub struct Difference<'a> {
    /// What it is, as the report names it: `fees.total`.
    pub path: &'a str,
    /// The amount that the person saw, in plain digits.
    pub shown: &'a str,
    /// The amount that the office worked out, in plain digits; none while it is undetermined.
    pub computed: Option<&'a str>,
}

/// Both figures, and the question whether to send the answers at the new one. Nothing has been sent or
/// charged.
pub fn changed(view: &View<'_>, differences: &[Difference<'_>], key: Option<&str>) -> Content {
    let texts = view.texts();
    let title = texts.text("ui.changed.title");
    let amount = |plain: &str| {
        if plain.is_empty() {
            return texts.text("ui.not_known_yet").to_owned();
        }
        // What the person saw comes back from the browser and may be anything.
        if plain.parse::<counterfoil_engine::number::Number>().is_ok() {
            format::money(texts, plain)
        } else {
            plain.to_owned()
        }
    };
    let label = |path: &str| {
        let key = match path.split_once('.')? {
            ("fees", "total") => "ui.fees.total".to_owned(),
            ("entitlements", "total") => "ui.entitlements.total".to_owned(),
            ("fees", line) => format!("fee.{line}.label"),
            ("entitlements", line) => format!("entitlement.{line}.label"),
            _ => return None,
        };
        texts.get(&key).map(str::to_owned)
    };
    let main = html! {
        div .govuk-grid-row {
            div .govuk-grid-column-two-thirds {
                h1 .govuk-heading-l { (title) }
                p .govuk-body { (texts.text("ui.changed.text")) }
                @for difference in differences {
                    table .govuk-table data-path=(difference.path) {
                        caption class="govuk-table__caption govuk-table__caption--m" {
                            @if let Some(label) = label(difference.path) { (label) " " }
                            code .cf-hash { (difference.path) }
                        }
                        tbody .govuk-table__body {
                            (row(texts.text("ui.changed.shown"), &amount(difference.shown)))
                            (row(
                                texts.text("ui.changed.computed"),
                                &difference.computed.map_or_else(
                                    || texts.text("ui.not_known_yet").to_owned(),
                                    amount,
                                ),
                            ))
                        }
                    }
                }
                (inset_text(&html! { p .govuk-body { (texts.text("ui.changed.nothing_sent")) } }))
                (send(view, texts, key, differences, "ui.changed.button"))
                p .govuk-body {
                    a .govuk-link href=(view.links.check_answers()) {
                        (texts.text("ui.stopped.check"))
                    }
                }
            }
        }
    };
    Content {
        title: title.to_owned(),
        has_errors: false,
        back: Some(view.links.check_answers()),
        main,
        followed: None,
    }
}

/// One of the two figures. What the person saw may be of any length, and has a column to itself.
fn row(whose: &str, figure: &str) -> Markup {
    html! {
        tr .govuk-table__row {
            th .govuk-table__header scope="row" { (whose) }
            td class="govuk-table__cell govuk-table__cell--numeric cf-figure" { (figure) }
        }
    }
}

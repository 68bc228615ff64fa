//! The figure that the person saw is not the one that the office worked out.

use counterfoil_engine::format;
use maud::html;

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
        let key = match path.strip_prefix("fees.") {
            Some("total") => Some("ui.fees.total".to_owned()),
            Some(line) => Some(format!("fee.{line}.label")),
            None => None,
        };
        let label = key.as_deref().and_then(|key| texts.get(key));
        label.map(str::to_owned)
    };
    let main = html! {
        div .govuk-grid-row {
            div .govuk-grid-column-two-thirds {
                h1 .govuk-heading-l { (title) }
                p .govuk-body { (texts.text("ui.changed.text")) }
                table .govuk-table {
                    caption class="govuk-table__caption govuk-visually-hidden" { (title) }
                    thead .govuk-table__head {
                        tr .govuk-table__row {
                            th .govuk-table__header scope="col" { (texts.text("ui.changed.what")) }
                            th class="govuk-table__header govuk-table__header--numeric" scope="col" {
                                (texts.text("ui.changed.shown"))
                            }
                            th class="govuk-table__header govuk-table__header--numeric" scope="col" {
                                (texts.text("ui.changed.computed"))
                            }
                        }
                    }
                    tbody .govuk-table__body {
                        @for difference in differences {
                            tr .govuk-table__row data-path=(difference.path) {
                                th .govuk-table__header scope="row" {
                                    @if let Some(label) = label(difference.path) { (label) }
                                    " " small { code .cf-hash { (difference.path) } }
                                }
                                td class="govuk-table__cell govuk-table__cell--numeric" {
                                    (amount(difference.shown))
                                }
                                td class="govuk-table__cell govuk-table__cell--numeric cf-total" {
                                    @match difference.computed {
                                        Some(computed) => (amount(computed)),
                                        None => (texts.text("ui.not_known_yet")),
                                    }
                                }
                            }
                        }
                    }
                }
                (inset_text(&html! { p .govuk-body { (texts.text("ui.changed.nothing_sent")) } }))
                (send(view, texts, key, "ui.changed.button"))
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
    }
}

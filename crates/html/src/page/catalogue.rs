//! The forms on offer.

use counterfoil_engine::plan::Texts;
use maud::html;

use crate::{component::prose, document::Content};

/// A form on offer.
#[derive(Clone, Debug)]
pub struct CatalogueEntry<'a> {
    /// The form's texts, in the page's language where it has them.
    pub texts: &'a Texts,
    /// Address of its start page.
    pub href: &'a str,
}

/// The forms on offer.
pub fn catalogue(texts: &Texts, entries: &[CatalogueEntry<'_>]) -> Content {
    let title = texts.text("ui.catalogue.title");
    let main = html! {
        div .govuk-grid-row {
            div .govuk-grid-column-two-thirds {
                h1 .govuk-heading-xl { (title) }
                @if entries.is_empty() {
                    p .govuk-body { (texts.text("ui.catalogue.empty")) }
                }
                ul class="govuk-list cf-catalogue" {
                    @for entry in entries { (item(texts, entry)) }
                }
            }
        }
    };
    Content {
        title: title.to_owned(),
        has_errors: false,
        back: None,
        main,
    }
}

fn item(texts: &Texts, entry: &CatalogueEntry<'_>) -> maud::Markup {
    let own = entry.texts;
    let foreign = (own.locale != texts.locale).then_some(&own.locale);
    let introduction = own.get("form.introduction");
    let first = introduction.and_then(|text| text.split("\n\n").next());
    html! {
        li .cf-catalogue__item lang=[foreign] {
            h2 .govuk-heading-m {
                a .govuk-link href=(entry.href) { (own.text("form.title")) }
            }
            @if let Some(authority) = own.get("form.authority") {
                p .cf-catalogue__authority { (authority) }
            }
            @if let Some(first) = first { (prose(first)) }
        }
    }
}

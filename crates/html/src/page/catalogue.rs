//! The forms on offer.

use counterfoil_engine::plan::Texts;
use maud::html;

use crate::{
    component::{details, prose},
    document::Content,
};

/// A form on offer.
#[derive(Clone, Debug)]
pub struct CatalogueEntry<'a> {
    /// The form's texts, in the page's language where it has them.
    pub texts: &'a Texts,
    /// Address of its start page.
    pub href: &'a str,
}

/// A form that cannot be offered, its description having mistakes.
#[derive(Clone, Debug)]
pub struct Unavailable<'a> {
    /// The form's id.
    pub form: &'a str,
    /// What is wrong with its description, for the person who runs the office.
    pub diagnostics: &'a str,
}

/// The forms on offer, and those that cannot be offered.
pub fn catalogue(
    texts: &Texts,
    entries: &[CatalogueEntry<'_>],
    unavailable: &[Unavailable<'_>],
) -> Content {
    let title = texts.text("ui.catalogue.title");
    let main = html! {
        div .govuk-grid-row {
            div .govuk-grid-column-two-thirds {
                h1 .govuk-heading-xl { (title) }
                @if entries.is_empty() && unavailable.is_empty() {
                    p .govuk-body { (texts.text("ui.catalogue.empty")) }
                }
                ul class="govuk-list cf-catalogue" {
                    @for entry in entries { (item(texts, entry)) }
                    @for form in unavailable { (broken(texts, form)) }
                }
            }
        }
    };
    Content {
        title: title.to_owned(),
        has_errors: false,
        back: None,
        main,
        followed: None,
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

fn broken(texts: &Texts, form: &Unavailable<'_>) -> maud::Markup {
    html! {
        li .cf-catalogue__item data-unavailable=(form.form) {
            h2 .govuk-heading-m { (form.form) }
            p .govuk-body { (texts.text("ui.catalogue.unavailable")) }
            (details(texts.text("ui.catalogue.mistakes"), &html! {
                pre .cf-diagnostics tabindex="0" { (form.diagnostics) }
            }))
        }
    }
}

use maud::{Markup, html};

/// The way back, above the page's heading.
pub(crate) fn back_link(href: &str, text: &str) -> Markup {
    html! { a .govuk-back-link href=(href) { (text) } }
}

use maud::{Markup, html};

/// Something set apart from the text around it.
pub(crate) fn inset_text(content: &Markup) -> Markup {
    html! { div .govuk-inset-text { (content) } }
}

use maud::{Markup, html};

/// The head of a confirmation.
pub(crate) fn panel(title: &str, content: &Markup) -> Markup {
    html! {
        div class="govuk-panel govuk-panel--confirmation" {
            h1 .govuk-panel__title { (title) }
            div .govuk-panel__body { (content) }
        }
    }
}

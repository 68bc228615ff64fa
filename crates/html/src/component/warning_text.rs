use maud::{Markup, html};

/// Something to know before going on; `word` says that it is a warning.
pub(crate) fn warning_text(word: &str, text: &str) -> Markup {
    html! {
        div .govuk-warning-text {
            span .govuk-warning-text__icon aria-hidden="true" { "!" }
            strong .govuk-warning-text__text {
                span .govuk-visually-hidden { (word) }
                " " (text)
            }
        }
    }
}

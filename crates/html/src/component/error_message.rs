use maud::{Markup, html};

/// The error of the control with that id, with the word `Error:` for those who do not see its colour.
pub(crate) fn error_message(id: &str, error_word: &str, message: &str) -> Markup {
    html! {
        p id={ (id) "-error" } class="govuk-error-message" {
            span .govuk-visually-hidden { (error_word) }
            " " (message)
        }
    }
}

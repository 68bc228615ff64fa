use maud::{Markup, html};

use super::Question;

/// The label of a control; the page's heading where the question is all that the page asks.
pub(crate) fn label(question: &Question<'_>) -> Markup {
    html! {
        @if question.heading {
            h1 .govuk-label-wrapper {
                label class="govuk-label govuk-label--l" for=(question.id) { (question.label) }
            }
        } @else {
            label class="govuk-label govuk-label--s" for=(question.id) { (question.label) }
        }
    }
}

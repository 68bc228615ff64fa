use maud::{Markup, html};

use super::{Choice, Question, form_group, label};

/// A question answered by one of many options. The first entry is empty: nothing is chosen
/// beforehand.
pub(crate) fn select(question: &Question<'_>, choices: &[Choice], empty: &str) -> Markup {
    let class = if question.error.is_some() {
        "govuk-select govuk-select--error"
    } else {
        "govuk-select"
    };
    form_group(
        question,
        &html! {
            (label(question))
            (question.messages())
            select class=(class) id=(question.id) name=(question.path)
                aria-describedby=[question.described_by(None)]
                aria-required=[question.aria_required()] {
                option value="" { (empty) }
                @for choice in choices {
                    option value=(choice.value) data-option=(choice.value) selected[choice.chosen]
                        hidden[choice.hidden] { (choice.label) }
                }
            }
        },
    )
}

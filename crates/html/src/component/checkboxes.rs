use maud::{Markup, html};

use super::{Choice, Fieldset, Question, fieldset, form_group, radios::option_id};

/// A question answered by any number of options; `several` says so where the form has no hint.
pub(crate) fn checkboxes(question: &Question<'_>, choices: &[Choice], several: &str) -> Markup {
    let question = &Question {
        hint: question.hint.or(Some(several)),
        ..question.clone()
    };
    let content = html! {
        (question.messages())
        div .govuk-checkboxes {
            @for (index, choice) in choices.iter().enumerate() {
                @let id = option_id(question.id, index);
                @let hint_id = choice.hint.as_ref().map(|_| format!("{id}-item-hint"));
                div .govuk-checkboxes__item data-option=(choice.value) hidden[choice.hidden] {
                    input .govuk-checkboxes__input id=(id) name=(question.path) type="checkbox"
                        value=(choice.value) checked[choice.chosen] aria-describedby=[&hint_id];
                    label class="govuk-label govuk-checkboxes__label" for=(id) { (choice.label) }
                    @if let (Some(hint), Some(hint_id)) = (&choice.hint, &hint_id) {
                        div id=(hint_id) class="govuk-hint govuk-checkboxes__hint" { (hint) }
                    }
                }
            }
        }
    };
    let described_by = question.described_by(None);
    let group = Fieldset {
        legend: question.label,
        heading: question.heading,
        role: None,
        described_by: described_by.as_deref(),
    };
    form_group(question, &fieldset(&group, &content))
}

/// A statement to be confirmed.
pub(crate) fn single_checkbox(question: &Question<'_>, chosen: bool) -> Markup {
    form_group(
        question,
        &html! {
            (question.messages())
            div .govuk-checkboxes {
                div .govuk-checkboxes__item {
                    input .govuk-checkboxes__input id=(question.id) name=(question.path)
                        type="checkbox" value="true" checked[chosen]
                        aria-describedby=[question.described_by(None)]
                        aria-required=[question.aria_required()];
                    label class="govuk-label govuk-checkboxes__label" for=(question.id) {
                        (question.label)
                    }
                }
            }
        },
    )
}

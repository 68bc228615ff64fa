use maud::{Markup, html};

use super::{Fieldset, Question, fieldset, form_group};

/// One of several options.
#[derive(Clone, Debug)]
pub(crate) struct Choice {
    /// The option's id, the control's value.
    pub(crate) value: String,
    /// Its label.
    pub(crate) label: String,
    /// One short sentence of help.
    pub(crate) hint: Option<String>,
    /// Whether it was chosen.
    pub(crate) chosen: bool,
    /// Whether it is not offered at present.
    pub(crate) hidden: bool,
}

/// The id of an option's control: the first has the question's own, so that a link to the question
/// leads to it.
pub(super) fn option_id(id: &str, index: usize) -> String {
    if index == 0 {
        id.to_owned()
    } else {
        format!("{id}-{}", index + 1)
    }
}

/// A question answered by one of a few options. Nothing is chosen beforehand.
pub(crate) fn radios(question: &Question<'_>, choices: &[Choice], inline: bool) -> Markup {
    let class = if inline {
        "govuk-radios govuk-radios--inline"
    } else {
        "govuk-radios"
    };
    let content = html! {
        (question.messages())
        div class=(class) {
            @for (index, choice) in choices.iter().enumerate() {
                @let id = option_id(question.id, index);
                @let hint_id = choice.hint.as_ref().map(|_| format!("{id}-item-hint"));
                div .govuk-radios__item data-option=(choice.value) hidden[choice.hidden] {
                    input .govuk-radios__input id=(id) name=(question.path) type="radio"
                        value=(choice.value) checked[choice.chosen] aria-describedby=[&hint_id];
                    label class="govuk-label govuk-radios__label" for=(id) { (choice.label) }
                    @if let (Some(hint), Some(hint_id)) = (&choice.hint, &hint_id) {
                        div id=(hint_id) class="govuk-hint govuk-radios__hint" { (hint) }
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

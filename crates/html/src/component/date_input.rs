use maud::{Markup, html};

use super::{Fieldset, Question, fieldset, form_group};

/// One of the three inputs of a date.
#[derive(Clone, Debug)]
pub(crate) struct DatePart<'a> {
    /// `day`, `month` or `year`.
    pub(crate) part: &'static str,
    /// The input's label.
    pub(crate) label: &'a str,
    /// What was typed.
    pub(crate) value: &'a str,
    /// Whether this part is wrong.
    pub(crate) wrong: bool,
    /// HTML autocomplete token.
    pub(crate) autocomplete: Option<&'static str>,
}

/// The inputs of a date, in the order in which the language writes them.
#[derive(Clone, Debug)]
pub(crate) struct DateInput<'a> {
    /// The three inputs.
    pub(crate) parts: Vec<DatePart<'a>>,
}

/// A question answered by a date, in three inputs.
pub(crate) fn date_input(question: &Question<'_>, date: &DateInput<'_>) -> Markup {
    let content = html! {
        (question.messages())
        div .govuk-date-input id=(question.id) {
            @for part in &date.parts {
                div .govuk-date-input__item {
                    div .govuk-form-group {
                        label class="govuk-label govuk-date-input__label"
                            for={ (question.id) "-" (part.part) } { (part.label) }
                        input class=(class(part)) id={ (question.id) "-" (part.part) }
                            name={ (question.path) "." (part.part) } type="text"
                            inputmode="numeric" value=(part.value)
                            autocomplete=[part.autocomplete]
                            aria-required=[question.aria_required()];
                    }
                }
            }
        }
    };
    let described_by = question.described_by(None);
    let group = Fieldset {
        legend: question.label,
        heading: question.heading,
        role: Some("group"),
        described_by: described_by.as_deref(),
    };
    form_group(question, &fieldset(&group, &content))
}

fn class(part: &DatePart<'_>) -> &'static str {
    match (part.part, part.wrong) {
        ("year", false) => "govuk-input govuk-date-input__input govuk-input--width-4",
        ("year", true) => {
            "govuk-input govuk-date-input__input govuk-input--width-4 govuk-input--error"
        }
        (_, false) => "govuk-input govuk-date-input__input govuk-input--width-2",
        (_, true) => "govuk-input govuk-date-input__input govuk-input--width-2 govuk-input--error",
    }
}

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
    pub(crate) value: String,
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

/// One end of a range.
#[derive(Clone, Debug)]
pub(crate) struct RangeEnd<'a> {
    /// `start` or `end`.
    pub(crate) part: &'static str,
    /// What the inputs are called together.
    pub(crate) legend: &'a str,
    /// The inputs.
    pub(crate) date: DateInput<'a>,
}

/// A question answered by a date, in three inputs.
pub(crate) fn date_input(question: &Question<'_>, date: &DateInput<'_>) -> Markup {
    let content = html! {
        (question.messages())
        (inputs(question, question.id, question.path, date))
    };
    form_group(question, &in_fieldset(question, &content))
}

/// A question answered by two dates, the first and the last of a range.
pub(crate) fn date_range(question: &Question<'_>, ends: &[RangeEnd<'_>]) -> Markup {
    let content = html! {
        (question.messages())
        div id=(question.id) {
            @for end in ends {
                @let id = format!("{}-{}", question.id, end.part);
                @let path = format!("{}.{}", question.path, end.part);
                div .govuk-form-group {
                    (fieldset(
                        &Fieldset {
                            legend: end.legend,
                            heading: false,
                            role: Some("group"),
                            described_by: None,
                        },
                        &inputs(question, &id, &path, &end.date),
                    ))
                }
            }
        }
    };
    form_group(question, &in_fieldset(question, &content))
}

fn in_fieldset(question: &Question<'_>, content: &Markup) -> Markup {
    let described_by = question.described_by(None);
    let group = Fieldset {
        legend: question.label,
        heading: question.heading,
        role: Some("group"),
        described_by: described_by.as_deref(),
    };
    fieldset(&group, content)
}

fn inputs(question: &Question<'_>, id: &str, path: &str, date: &DateInput<'_>) -> Markup {
    html! {
        div .govuk-date-input id=(id) {
            @for part in &date.parts {
                div .govuk-date-input__item {
                    div .govuk-form-group {
                        label class="govuk-label govuk-date-input__label"
                            for={ (id) "-" (part.part) } { (part.label) }
                        input class=(class(part)) id={ (id) "-" (part.part) }
                            name={ (path) "." (part.part) } type="text"
                            inputmode="numeric" value=(part.value)
                            autocomplete=[part.autocomplete]
                            aria-required=[question.aria_required()];
                    }
                }
            }
        }
    }
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

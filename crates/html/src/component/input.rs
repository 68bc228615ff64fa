use maud::{Markup, html};

use super::{Question, form_group, label};

/// A single line of text or a number.
#[derive(Clone, Debug)]
pub(crate) struct Input<'a> {
    /// What was typed.
    pub(crate) value: &'a str,
    /// `text`, `email`, `tel` or `url`; never `number`.
    pub(crate) type_: &'static str,
    /// `numeric` for whole numbers, `decimal` for others.
    pub(crate) inputmode: Option<&'static str>,
    /// HTML autocomplete token.
    pub(crate) autocomplete: Option<&'a str>,
    /// Whether spelling is looked at; codes and addresses are no words.
    pub(crate) spellcheck: bool,
    /// Width in characters: 2, 3, 4, 5, 10, 20 or 30; the column's width otherwise.
    pub(crate) width: Option<u8>,
    /// What stands before the control, such as a currency's sign.
    pub(crate) prefix: Option<&'a str>,
    /// What stands after the control, such as a unit.
    pub(crate) suffix: Option<&'a str>,
}

/// A question answered in one line.
pub(crate) fn input(question: &Question<'_>, input: &Input<'_>) -> Markup {
    // Prefix and suffix are hidden from screen readers as decoration; the description reads the unit.
    let described_by = question.described_by(input.suffix.map(|_| "unit"));
    let mut class = String::from("govuk-input");
    if let Some(width) = input.width {
        class.push_str(&format!(" govuk-input--width-{width}"));
    }
    if question.error.is_some() {
        class.push_str(" govuk-input--error");
    }
    let control = html! {
        input class=(class) id=(question.id) name=(question.path) type=(input.type_)
            value=(input.value) inputmode=[input.inputmode] autocomplete=[input.autocomplete]
            spellcheck=[(!input.spellcheck).then_some("false")]
            aria-describedby=[described_by] aria-required=[question.aria_required()];
    };
    form_group(
        question,
        &html! {
            (label(question))
            (question.messages())
            @if input.prefix.is_some() || input.suffix.is_some() {
                div .govuk-input__wrapper {
                    @if let Some(prefix) = input.prefix {
                        div .govuk-input__prefix aria-hidden="true" { (prefix) }
                    }
                    (control)
                    @if let Some(suffix) = input.suffix {
                        div .govuk-input__suffix id={ (question.id) "-unit" } aria-hidden="true" {
                            (suffix)
                        }
                    }
                }
            } @else {
                (control)
            }
        },
    )
}

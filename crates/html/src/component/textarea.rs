use maud::{Markup, html};

use super::{Question, form_group, label};

/// Several lines of text.
#[derive(Clone, Debug)]
pub(crate) struct Textarea<'a> {
    /// What was typed.
    pub(crate) value: &'a str,
    /// HTML autocomplete token.
    pub(crate) autocomplete: Option<&'a str>,
}

/// A question answered in several lines.
pub(crate) fn textarea(question: &Question<'_>, textarea: &Textarea<'_>) -> Markup {
    let class = if question.error.is_some() {
        "govuk-textarea govuk-textarea--error"
    } else {
        "govuk-textarea"
    };
    form_group(
        question,
        &html! {
            (label(question))
            (question.messages())
            textarea class=(class) id=(question.id) name=(question.path) rows="5"
                autocomplete=[textarea.autocomplete]
                aria-describedby=[question.described_by(None)]
                aria-required=[question.aria_required()] {
                // A parser drops the first line break of a textarea, which may be an answer's own.
                "\n" (textarea.value)
            }
        },
    )
}

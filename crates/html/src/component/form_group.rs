use maud::{Markup, html};

use super::error_message;

/// What the controls of every type have in common.
#[derive(Clone, Debug)]
pub(crate) struct Question<'a> {
    /// The answer's path; also the name of the control.
    pub(crate) path: &'a str,
    /// The control's id.
    pub(crate) id: &'a str,
    /// The question, with its mark where the answer is optional.
    pub(crate) label: &'a str,
    /// Whether the question is the page's heading.
    pub(crate) heading: bool,
    /// Whether an answer is always required.
    pub(crate) required: bool,
    /// One short sentence of help.
    pub(crate) hint: Option<&'a str>,
    /// What is wrong with the answer.
    pub(crate) error: Option<&'a str>,
    /// The word that precedes an error for those who do not see its colour.
    pub(crate) error_word: &'a str,
    /// Whether the question is not asked at present.
    pub(crate) hidden: bool,
}

impl Question<'_> {
    /// Ids of what describes the control: hint, then `extra` (a suffix of the id), then error.
    pub(crate) fn described_by(&self, extra: Option<&str>) -> Option<String> {
        let suffixes = [
            self.hint.map(|_| "hint"),
            extra,
            self.error.map(|_| "error"),
        ];
        let ids: Vec<_> = suffixes
            .into_iter()
            .flatten()
            .map(|suffix| format!("{}-{suffix}", self.id))
            .collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// The value of `aria-required`; left away where it would be false.
    pub(crate) fn aria_required(&self) -> Option<&'static str> {
        self.required.then_some("true")
    }

    /// The hint and the error, as they stand between label and control.
    pub(crate) fn messages(&self) -> Markup {
        html! {
            @if let Some(hint) = self.hint {
                div id={ (self.id) "-hint" } class="govuk-hint" { (hint) }
            }
            @if let Some(error) = self.error {
                (error_message(self.id, self.error_word, error))
            }
        }
    }
}

/// The wrapper of a question. Its `data-path` is what a script finds it by, and its `hidden` what a
/// script toggles.
pub(crate) fn form_group(question: &Question<'_>, content: &Markup) -> Markup {
    let class = if question.error.is_some() {
        "govuk-form-group govuk-form-group--error"
    } else {
        "govuk-form-group"
    };
    html! {
        div class=(class) data-path=(question.path) hidden[question.hidden] { (content) }
    }
}

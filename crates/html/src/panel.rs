//! What the answers given so far come to, beside the questions.

use counterfoil_engine::{explain::Explanation, plan::Texts};
use maud::{Markup, html};

use crate::{component::details, explanation::reasons, live, view::View};

/// Whether a form has anything to say before it is sent.
pub(crate) fn has_panel(view: &View<'_>) -> bool {
    let words = view.words;
    words.fees.is_some() || words.entitlements.is_some() || !words.decisions.is_empty()
}

/// Verdict, fees and how they were worked out. Changes to the first two are read out when the reader
/// is idle; the last is for those who open it.
pub(crate) fn panel(view: &View<'_>, texts: &Texts, explanation: Option<&Explanation>) -> Markup {
    html! {
        aside .cf-panel aria-labelledby="so-far" {
            h2 class="govuk-heading-m" id="so-far" { (texts.text("ui.panel.title")) }
            (live_regions(view, texts))
            (why(view, texts, explanation))
        }
    }
}

/// Verdict and fees as a status that is read out politely.
pub(crate) fn live_regions(view: &View<'_>, texts: &Texts) -> Markup {
    html! {
        div role="status" aria-live="polite" aria-atomic="false" {
            div data-live="decisions" { (live::verdicts(texts, view.words)) }
            div data-live="fees" { (live::accounts(view.plan, view.words)) }
        }
    }
}

/// How the fee was worked out.
pub(crate) fn why(view: &View<'_>, texts: &Texts, explanation: Option<&Explanation>) -> Markup {
    html! {
        @if view.words.fees.is_some() || view.words.entitlements.is_some() {
            (details(
                texts.text("ui.why.title"),
                &html! {
                    div data-live="why" {
                        @if let Some(explanation) = explanation {
                            (reasons(texts, explanation))
                        }
                    }
                },
            ))
        }
    }
}

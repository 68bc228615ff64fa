//! Explanations: a tree of reasons that opens step by step, without a script.

use counterfoil_engine::{
    explain::{Explanation, Kind},
    plan::Texts,
};
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// What the page of an explanation that stands by itself looks like: one column that a phone can show.
const STYLE: &str = "\
body{margin:0 auto;max-width:44rem;padding:1rem;font:1.0625rem/1.5 system-ui,sans-serif;\
overflow-wrap:anywhere;color-scheme:light dark}\
h1{font-size:1.5rem;line-height:1.25}\
ul{list-style:none;margin:0;padding:0}\
ul ul{margin-inline-start:.5rem;padding-inline-start:.75rem;border-inline-start:2px solid}\
li{margin-block:.5rem}summary{cursor:pointer}\
small{display:block;font-size:.875rem;opacity:.8}\
code{font-size:.875rem;white-space:pre-wrap}";

/// A page with one explanation, for `counterfoil explain --format html`.
pub fn explanation_document(texts: &Texts, explanation: &Explanation) -> String {
    let title = texts.text("form.title");
    html! {
        (DOCTYPE)
        html lang=(texts.locale) dir=(texts.formats.direction) {
            head {
                meta charset="utf-8";
                title { (explanation.text) " \u{2013} " (title) }
                meta name="viewport" content="width=device-width, initial-scale=1";
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    p { (title) }
                    h1 { (explanation.text) }
                    (notes(explanation, None))
                    (branches(explanation, 2))
                }
            }
        }
    }
    .into_string()
}

/// A tree of reasons for a page of a form.
pub(crate) fn reasons(texts: &Texts, explanation: &Explanation) -> Markup {
    html! {
        p .govuk-body { (explanation.text) (notes(explanation, None)) }
        @if explanation.because.is_empty() {
            p .govuk-body { (texts.text("ui.why.nothing")) }
        } @else {
            (branches(explanation, 0))
        }
    }
}

/// Reasons as a list. Each opens to what it was worked out from; `open` levels are open from the start.
fn branches(parent: &Explanation, open: usize) -> Markup {
    let above = parent.expression.as_deref();
    html! {
        ul .cf-why {
            @for reason in &parent.because {
                li .cf-why__step {
                    @if reason.because.is_empty() {
                        (step(reason, above))
                    } @else {
                        details .cf-why__details open[open > 0] {
                            summary .cf-why__summary { (step(reason, above)) }
                            (branches(reason, open.saturating_sub(1)))
                        }
                    }
                }
            }
        }
    }
}

fn step(reason: &Explanation, above: Option<&str>) -> Markup {
    html! {
        @match (&reason.label, &reason.value) {
            // The figure of a line is what the eye looks for.
            (Some(_), Some(value)) if is_figure(reason.kind) && reason.text.ends_with(value.as_str()) => {
                (&reason.text[..reason.text.len() - value.len()])
                span .cf-why__value { (value) }
            }
            _ => (reason.text),
        }
        (notes(reason, above))
    }
}

/// The source and the expression of a step.
fn notes(reason: &Explanation, above: Option<&str>) -> Markup {
    html! {
        @if let Some(source) = &reason.source { " " small .cf-source { (source) } }
        @if let Some(expression) = reason.own_expression(above) {
            " " code .cf-why__expression { (expression) }
        }
    }
}

const fn is_figure(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Total | Kind::Fee | Kind::Entitlement | Kind::Subtotal
    )
}

//! Verdicts: where the answers lead, and under which rules.

use counterfoil_engine::{
    Context,
    changes::{change_words, what_would_change},
    input,
    plan::{IfIneligible, Texts},
    report::Verdict,
    words::{DecisionWords, RuleWords},
};
use maud::{Markup, html};

use crate::{component::details, document::Content, live, view::View};

/// What the page of a stopped application shows besides its verdict.
#[derive(Clone, Copy, Debug)]
pub struct Stopped<'a> {
    /// Where the link back leads.
    pub back: &'a str,
}

/// The page of an application that its form does not take, with the reasons and what can be done.
pub fn stopped(view: &View<'_>, stopped: &Stopped<'_>) -> Content {
    let texts = view.texts();
    let title = texts.text("ui.stopped.title");
    let main = html! {
        div .govuk-grid-row {
            div .govuk-grid-column-two-thirds {
                h1 .govuk-heading-l { (title) }
                p .govuk-body { (texts.text("ui.stopped.text")) }
                h2 .govuk-heading-m { (texts.text("ui.outcome.title")) }
                (live::verdicts(texts, view.words))
                (rules(texts, &view.words.decisions))
                (changes(view))
                p .govuk-body {
                    a .govuk-link href=(view.links.check_answers()) {
                        (texts.text("ui.stopped.check"))
                    }
                }
            }
        }
    };
    Content {
        title: title.to_owned(),
        has_errors: false,
        back: Some(stopped.back.to_owned()),
        main,
        followed: None,
    }
}

/// Whether some verdict goes against the application.
pub(super) fn is_ineligible(view: &View<'_>) -> bool {
    let decisions = &view.report.decisions;
    decisions
        .iter()
        .any(|report| report.verdict == Verdict::Ineligible)
}

/// Whether some decision of the form does not let the application go on.
pub(super) fn is_stopped(view: &View<'_>) -> bool {
    view.report.decisions.iter().any(|report| {
        report.verdict == Verdict::Ineligible
            && view.plan.rules().decisions.iter().any(|decision| {
                decision.decision == report.decision && decision.if_ineligible == IfIneligible::Stop
            })
    })
}

/// Every rule that was looked at, whether it holds, and where it is laid down.
pub(super) fn rules(texts: &Texts, decisions: &[DecisionWords]) -> Markup {
    let content = html! {
        @for decision in decisions {
            p .govuk-body { strong { (decision.title) } }
            ul class="govuk-list govuk-list--bullet" {
                @for rule in &decision.rules {
                    li {
                        (rule.message) ": " strong { (texts.text(outcome(rule))) }
                        @if let Some(source) = &rule.source {
                            " " small .cf-source { (source) }
                        }
                    }
                }
            }
        }
    };
    html! {
        @if decisions.iter().any(|decision| !decision.rules.is_empty()) {
            (details(texts.text("ui.decisions.rules"), &content))
        }
    }
}

/// For each decision that goes against the application, which other answers would make it eligible.
///
/// A page knows no facts of the office. Where these would lead to another verdict, it says nothing.
pub(super) fn changes(view: &View<'_>) -> Markup {
    let (texts, report) = (view.texts(), view.report);
    let refused = |verdict| verdict == Verdict::Ineligible;
    let mut found = Vec::new();
    if is_ineligible(view) {
        let answers = input::from_text(view.plan, view.locale, view.pairs);
        let context = Context::on(report.as_of);
        for decision in report.decisions.iter().filter(|d| refused(d.verdict)) {
            let id = &decision.decision;
            if let Ok(Some(change)) = what_would_change(view.plan, &answers, &context, id) {
                let words = change_words(view.plan, view.locale, &change.proposals);
                if refused(change.verdict) && !words.is_empty() {
                    found.push((
                        texts.text(&format!("decision.{id}.title")).to_owned(),
                        words,
                    ));
                }
            }
        }
    }
    html! {
        @if !found.is_empty() {
            div .cf-changes {
                h3 .govuk-heading-s { (texts.text("changes.title")) }
                @for (title, proposals) in &found {
                    p .govuk-body { strong { (title) } br; (texts.text("changes.if")) }
                    ul class="govuk-list govuk-list--bullet" {
                        @for proposal in proposals {
                            li {
                                @for (position, change) in proposal.iter().enumerate() {
                                    @if position > 0 { (texts.formats.list.1) }
                                    (change.label) @if !change.label.ends_with(['?', ':', '؟']) { ":" } " " strong { (change.value) }
                                }
                            }
                        }
                    }
                }
                p .govuk-body { (texts.text("changes.caution")) }
            }
        }
    }
}

const fn outcome(rule: &RuleWords) -> &'static str {
    match rule.holds {
        Some(true) => "ui.decisions.met",
        Some(false) => "ui.decisions.not_met",
        None => "ui.decisions.undecided",
    }
}

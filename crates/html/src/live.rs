//! Fragments that change while a form is being filled in. The pages hold them under `data-live`; a
//! script puts newer ones in their place.

use counterfoil_engine::{
    Plan, Words,
    explain::Explanation,
    plan::{Line, Texts},
    report::Verdict,
    words::{AccountWords, DecisionWords},
};
use maud::{Markup, html};

use crate::explanation;

/// Fees and entitlements with their lines and totals, for `data-live="fees"`.
pub fn fees(plan: &Plan, words: &Words) -> String {
    accounts(plan, words).into_string()
}

/// Verdicts with their reasons, for `data-live="decisions"`.
pub fn decisions(plan: &Plan, words: &Words) -> String {
    verdicts(plan.texts_or_default(&words.locale), words).into_string()
}

/// How a figure was worked out, for `data-live="why"`.
pub fn why(plan: &Plan, locale: &str, why: &Explanation) -> String {
    explanation::reasons(plan.texts_or_default(locale), why).into_string()
}

/// The total whose reasons stand under `data-live="why"`: that of the fees, or else of the
/// entitlements; none for a form with neither.
pub fn explained_total(plan: &Plan) -> Option<&'static str> {
    let rules = plan.rules();
    if !rules.fees.is_empty() {
        Some("fees.total")
    } else if !rules.entitlements.is_empty() {
        Some("entitlements.total")
    } else {
        None
    }
}

/// Fees and entitlements.
pub(crate) fn accounts(plan: &Plan, words: &Words) -> Markup {
    let rules = plan.rules();
    html! {
        @if let Some(fees) = &words.fees {
            (account(plan, words, fees, &rules.fees, "ui.fees"))
        }
        @if let Some(entitlements) = &words.entitlements {
            (account(plan, words, entitlements, &rules.entitlements, "ui.entitlements"))
        }
    }
}

fn account(
    plan: &Plan,
    words: &Words,
    account: &AccountWords,
    declared: &[Line],
    keys: &str,
) -> Markup {
    let texts = plan.texts_or_default(&words.locale);
    // Only a decision on which a line hangs leaves nothing due.
    let refused = words.decisions.iter().any(|decision| {
        decision.verdict == Verdict::Ineligible
            && declared
                .iter()
                .any(|line| line.decisions.contains(&decision.decision))
    });
    let key = if refused {
        format!("{keys}.none")
    } else {
        "ui.not_known_yet".to_owned()
    };
    let no_total = texts.text(&key);
    html! {
        table class="govuk-table cf-account" {
            caption class="govuk-table__caption govuk-table__caption--s" { (texts.text(&format!("{keys}.title"))) }
            tbody .govuk-table__body {
                // A line that is not known yet is none so far: the total says that more may come.
                @for line in &account.lines {
                    @if let Some(amount) = &line.amount {
                        tr .govuk-table__row {
                            th .govuk-table__header scope="row" {
                                (line.label)
                                @if let Some(source) = &line.source { (legal_source(source)) }
                            }
                            td class="govuk-table__cell govuk-table__cell--numeric" { (amount) }
                        }
                    }
                }
            }
            tfoot {
                tr .govuk-table__row {
                    th .govuk-table__header scope="row" { (texts.text(&format!("{keys}.total"))) }
                    td class="govuk-table__cell govuk-table__cell--numeric cf-total" {
                        @match &account.total {
                            Some(total) => (total),
                            None => span .cf-unknown { (no_total) },
                        }
                    }
                }
            }
        }
    }
}

/// Verdicts with the reasons for them.
pub(crate) fn verdicts(texts: &Texts, words: &Words) -> Markup {
    html! {
        @for decision in &words.decisions { (verdict(texts, decision)) }
    }
}

fn verdict(texts: &Texts, decision: &DecisionWords) -> Markup {
    let class = match decision.verdict {
        Verdict::Eligible => "cf-verdict cf-verdict--eligible",
        Verdict::Ineligible => "cf-verdict cf-verdict--ineligible",
        Verdict::Undetermined => "cf-verdict",
    };
    let against: Vec<_> = decision
        .rules
        .iter()
        .filter(|rule| rule.holds == Some(false))
        .collect();
    html! {
        div class=(class) data-decision=(decision.decision) {
            h3 .govuk-heading-s { (decision.title) }
            p .cf-verdict__text { (decision.verdict_text) }
            @if !against.is_empty() {
                ul class="govuk-list govuk-list--bullet" {
                    @for rule in against {
                        li {
                            (rule.message)
                            @if let Some(source) = &rule.source { (legal_source(source)) }
                        }
                    }
                }
            }
            @if decision.verdict == Verdict::Undetermined && !decision.needs.is_empty() {
                p .cf-verdict__needs { (texts.text("ui.decisions.needs")) }
                ul class="govuk-list govuk-list--bullet" {
                    @for need in &decision.needs { li { (need.label) } }
                }
            }
        }
    }
}

fn legal_source(source: &str) -> Markup {
    html! { " " small .cf-source { (source) } }
}

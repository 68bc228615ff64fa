//! Decisions that nobody can win, or that nobody can lose.

use counterfoil_engine::plan::{Decision, Expr, Rule};

use super::{
    conditions::{Observations, Possible, Said},
    implication::{self, Outcome},
    model::Model,
    switches::parameters_alone,
};
use crate::{codes, definition, diagnostic::Diagnostic};

/// Diagnostics about a form's decisions; `said` is what has been said of conditions already.
pub fn prove(
    model: &Model<'_>,
    form: &definition::FormDefinition,
    observations: &mut Observations<'_, '_>,
    said: &Said,
) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let decisions = model.rules.decisions.iter().zip(&form.decisions);
    for (index, (decision, written)) in decisions.enumerate() {
        if decision.rules.is_empty() {
            continue;
        }
        let id = &decision.decision;
        let settled = |rule: &definition::Rule| said.settled.contains(&rule.require.span);
        let open = |rule: &definition::Rule| said.open.contains(&rule.require.span);
        let switch = |rule: &Rule| rule.when.is_none() && parameters_alone(model, &rule.require);
        let met: Vec<Expr> = decision.rules.iter().map(met).collect();
        match observations.possible(&met, None, &|_, verdicts| verdicts[index].yes) {
            Possible::Shown => {}
            Possible::Never if written.rules.iter().any(settled) => {}
            Possible::Never => {
                let mut found = Diagnostic::warning(
                    codes::NOBODY_ELIGIBLE,
                    written.decision.span,
                    format!("no answers satisfy all rules of `{id}`, so nobody is eligible"),
                )
                .help("compare the rules with each other and with the limits of the fields");
                for rule in conflict(model, decision) {
                    let span = written.rules[rule].require.span;
                    found = found.label(span, "cannot hold together with the others marked");
                }
                diagnostics.push(found);
            }
            Possible::Switched => diagnostics.push(
                Diagnostic::warning(
                    codes::NOBODY_ELIGIBLE,
                    written.decision.span,
                    format!("nobody is eligible for `{id}` on any day, as its parameters stand"),
                )
                .help("give a parameter that its rules ask for a period in which it is `true`"),
            ),
            Possible::Open if written.rules.iter().any(open) => {}
            Possible::Open => diagnostics.push(not_proved(
                written,
                format!("not proved: somebody can be eligible for `{id}`"),
            )),
        }
        let missed = decision.rules.iter().map(missed).collect();
        match observations.possible(&[Expr::Or(missed)], None, &|_, verdicts| verdicts[index].no) {
            Possible::Shown | Possible::Switched => {}
            Possible::Never
                if (decision.rules.iter().zip(&written.rules))
                    .all(|(rule, written)| settled(written) || switch(rule)) => {}
            Possible::Never => diagnostics.push(
                Diagnostic::warning(
                    codes::EVERYBODY_ELIGIBLE,
                    written.decision.span,
                    format!("every answer satisfies the rules of `{id}`, so everybody is eligible"),
                )
                .help("compare the rules with the limits of the fields that they read"),
            ),
            Possible::Open if written.rules.iter().any(open) => {}
            Possible::Open => diagnostics.push(not_proved(
                written,
                format!("not proved: somebody can be ineligible for `{id}`"),
            )),
        }
    }
    diagnostics
}

fn not_proved(decision: &definition::Decision, message: String) -> Diagnostic {
    Diagnostic::note(codes::NOT_PROVED, decision.decision.span, message).help(
        "no case was found that shows it, and none was ruled out; a test beside the form can show it",
    )
}

/// The rule does not stand in the way.
fn met(rule: &Rule) -> Expr {
    match &rule.when {
        Some(when) => Expr::Or(vec![
            Expr::Not(Box::new(when.clone())),
            rule.require.clone(),
        ]),
        None => rule.require.clone(),
    }
}

/// The rule applies and does not hold.
fn missed(rule: &Rule) -> Expr {
    let require = Expr::Not(Box::new(rule.require.clone()));
    match &rule.when {
        Some(when) => Expr::And(vec![when.clone(), require]),
        None => require,
    }
}

/// Rules that cannot all hold, none of which could be spared.
fn conflict(mut model: &Model<'_>, decision: &Decision) -> Vec<usize> {
    let mut left: Vec<usize> = (0..decision.rules.len()).collect();
    for rule in 0..decision.rules.len() {
        let without: Vec<usize> = left
            .iter()
            .copied()
            .filter(|&other| other != rule)
            .collect();
        let conditions: Vec<Expr> = without.iter().map(|&r| met(&decision.rules[r])).collect();
        if implication::satisfy(&mut model, &conditions) == Outcome::Refuted {
            left = without;
        }
    }
    left
}

//! Outcomes that are proved never to come about: they do not count.

use std::collections::BTreeMap;

use counterfoil_engine::{
    observe::{Goal, Observer, Site, SiteKind},
    plan::{Expr, Rules, RulesOf},
};

use super::{Places, describe};
use crate::{
    codes::{self, Code},
    diagnostic::Diagnostic,
    proofs::{cases::each_expr, walk::each_part},
};

/// What the checker has refuted and what the plan itself shows, each with the reason in words.
///
/// `found` is what compiling the same form has found. Left to count are operands of `and` and `or`, since
/// what is said of them holds of complete answers alone, and what a function, table or parameter hangs on,
/// since they may be used elsewhere.
pub fn impossible(
    observer: &Observer<'_>,
    found: &[Diagnostic],
    places: &Places,
) -> BTreeMap<Goal, String> {
    let mut reasons = BTreeMap::new();
    let mut of_owner: BTreeMap<&str, usize> = BTreeMap::new();
    for site in observer.sites() {
        *of_owner.entry(&site.owner).or_default() += 1;
    }
    for (index, site) in observer.sites().iter().enumerate() {
        let guards = observer.guards(index);
        if let Some((code, outcome)) = refuted(observer, &guards, site, &of_owner, found, places) {
            let goal = Goal {
                site: index,
                outcome,
            };
            reasons.insert(goal, format!("{}: {}", code.id, code.title));
        }
        if is_out_of_force(observer, site) {
            let goal = Goal {
                site: index,
                outcome: true,
            };
            let reason = "the form is not in force on any day of it";
            reasons.insert(goal, reason.to_owned());
        }
    }
    hangs_on(observer, &mut reasons, places);
    reasons
}

/// Adds what is not reached since the outcome is impossible on which it hangs.
fn hangs_on(observer: &Observer<'_>, reasons: &mut BTreeMap<Goal, String>, places: &Places) {
    // Guards stand before what they guard.
    for goal in observer.goals() {
        let site = &observer.sites()[goal.site];
        let kind = site.owner.split('.').next();
        if reasons.contains_key(&goal)
            || matches!(kind, Some("functions" | "tables" | "parameters"))
        {
            continue;
        }
        let guards = observer.guards(goal.site);
        if let Some(guard) = guards.iter().find(|guard| reasons.contains_key(guard)) {
            let reason = format!("never: {}", describe(observer, *guard, places));
            reasons.insert(goal, reason);
        }
    }
}

/// The outcome of a place that the checker has refuted, with the code under which it says so.
fn refuted(
    observer: &Observer<'_>,
    guards: &[Goal],
    site: &Site,
    of_owner: &BTreeMap<&str, usize>,
    found: &[Diagnostic],
    places: &Places,
) -> Option<(Code, bool)> {
    let span = places.exact(site, of_owner.get(site.owner.as_str()).copied()?)?;
    // What is said of a branch within an operand supposes that the operands before it are decided.
    let in_operand = guards
        .iter()
        .any(|guard| observer.sites()[guard.site].kind == SiteKind::Operand);
    found
        .iter()
        .filter(|found| found.span == span)
        .find_map(|found| {
            let outcome = match site.kind {
                SiteKind::Condition | SiteKind::Branch if !in_operand => match found.code {
                    codes::ALWAYS_TRUE => false,
                    codes::NEVER_TRUE | codes::UNREACHABLE => true,
                    _ => return None,
                },
                SiteKind::Verdict => match found.code {
                    codes::EVERYBODY_ELIGIBLE => false,
                    codes::NOBODY_ELIGIBLE => true,
                    _ => return None,
                },
                SiteKind::Row(_) if found.code == codes::TABLE_ROW_UNUSED => true,
                _ => return None,
            };
            Some((found.code, outcome))
        })
}

/// Whether a period lies outside the days on which the form is in force.
fn is_out_of_force(observer: &Observer<'_>, site: &Site) -> bool {
    let SiteKind::Period(index) = site.kind else {
        return false;
    };
    let rules = observer.plan().rules();
    if rules.rules_of != RulesOf::SubmissionDay {
        return false;
    }
    let id = site.owner.strip_prefix("parameters.").unwrap_or_default();
    let Some(parameter) = rules
        .parameters
        .iter()
        .find(|parameter| parameter.parameter == id)
    else {
        return false;
    };
    let Some((period, _)) = parameter.periods.get(index) else {
        return false;
    };
    if is_read_on_other_days(rules, id) {
        return false;
    }
    let next = parameter
        .periods
        .get(index + 1)
        .and_then(|(next, _)| next.from);
    let last = [period.to, next.and_then(|next| next.add_days(-1))]
        .into_iter()
        .flatten()
        .min();
    let begins_late =
        matches!((period.from, rules.effective.to), (Some(from), Some(to)) if from > to);
    let ends_early =
        matches!((last, rules.effective.from), (Some(last), Some(from)) if last < from);
    begins_late || ends_early
}

/// Whether anything reads a parameter on another day than that of the rules in force.
fn is_read_on_other_days(rules: &Rules, id: &str) -> bool {
    let mut found = false;
    let mut look = |expr: &Expr| {
        each_part(expr, &mut |part| {
            found |= matches!(
                part,
                Expr::ParameterOn { parameter, .. } | Expr::Accrue { parameter, .. } if parameter == id
            );
        });
    };
    each_expr(rules, &mut look);
    for function in &rules.functions {
        look(&function.expr);
    }
    found
}

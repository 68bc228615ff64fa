//! Goes on from a case, answer by answer, to where conditions hold: the search that finds answers for tests,
//! over a plan with the conditions added to it.

use counterfoil_engine::{
    Plan,
    number::Number,
    observe::{Goal, Observer},
    plan::{AggregateOp, Decision, Expr, IfIneligible, Line, Literal, Published, Rule, Rules},
};

use super::Case;
use crate::{
    proofs::walk,
    search::{self, Options, Search},
};

/// Id of what is added; no id of a form has a `$`.
const REACHED: &str = "$reached";
/// Evaluations that one search may take.
const MAX_EVALUATIONS: u32 = 2_000;

/// A case in which conditions hold together, in a record of the group if they read one, looked for with so
/// many evaluations from another case; and how many it took.
pub fn reach(
    published: &Published,
    conditions: &[Expr],
    group: Option<&str>,
    start: Case,
    most: usize,
) -> (Option<Case>, usize) {
    let Some((plan, place)) = with_conditions(published, conditions, group) else {
        return (None, 0);
    };
    let observer = Observer::new(&plan);
    let mut sites = observer.sites().iter();
    let Some(site) = sites.position(|site| site.name == place) else {
        return (None, 0);
    };
    let options = Options {
        evaluations: u32::try_from(most).map_or(MAX_EVALUATIONS, |most| most.min(MAX_EVALUATIONS)),
        ..Options::on(start.context.as_of)
    };
    let mut search = Search::new(&observer, options);
    let start = search::Case {
        as_of: start.context.as_of,
        facts: start.context.facts,
        answers: start.answers,
    };
    let goal = Goal {
        site,
        outcome: true,
    };
    let found = search.reach_from(start, goal).map(|case| Case {
        context: case.context(),
        answers: case.answers,
    });
    let evaluations = usize::try_from(search.evaluations()).unwrap_or(usize::MAX);
    (found, evaluations)
}

/// The plan with the conditions as one, and the name of its place: a rule, or a line where they read others.
fn with_conditions(
    published: &Published,
    conditions: &[Expr],
    group: Option<&str>,
) -> Option<(Plan, String)> {
    let mut rules = published.rules.clone();
    let all = match conditions {
        [only] => only.clone(),
        all => Expr::And(all.to_vec()),
    };
    let all = match group {
        None => all,
        Some(group) => Expr::Aggregate {
            op: AggregateOp::Any,
            group: group.to_owned(),
            each: Box::new(all),
        },
    };
    let place = add(&mut rules, all);
    let texts = published.texts.get(rules.languages.first()?)?.clone();
    let plan = Plan::load(Published::new(rules, vec![texts], Default::default()));
    Some((plan.ok()?, place))
}

fn add(rules: &mut Rules, condition: Expr) -> String {
    let (mut fees, mut entitlements) = (false, false);
    walk::each_part(&condition, &mut |part| {
        fees |= matches!(part, Expr::Fee(_));
        entitlements |= matches!(part, Expr::Entitlement(_));
    });
    if !fees && !entitlements {
        rules.decisions.push(Decision {
            decision: REACHED.to_owned(),
            if_ineligible: IfIneligible::MayApply,
            hides_changes: false,
            rules: vec![Rule {
                rule: REACHED.to_owned(),
                when: None,
                require: condition,
                params: Vec::new(),
            }],
        });
        return format!("rules.{REACHED}.{REACHED}.require");
    }
    let (lines, kind) = match fees {
        true => (&mut rules.fees, "fees"),
        false => (&mut rules.entitlements, "entitlements"),
    };
    lines.push(Line {
        line: REACHED.to_owned(),
        when: Some(condition),
        amount: Expr::Literal(Literal::Number(Number::ZERO)),
        omit_zero: false,
        decisions: Vec::new(),
    });
    format!("{kind}.{REACHED}.when")
}

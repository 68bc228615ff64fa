//! Cases for days on which a parameter has no value.

use counterfoil_engine::{
    Plan,
    answers::Data,
    plan::{Expr, Literal, Parameter, Period, Published, RulesOf},
};

use super::{
    arithmetic::within,
    cases::{Builder, Case, Pools, Wanted, each_expr, failures},
    model::Model,
    slice::{slice, work},
    walk,
};
use crate::{
    check::{Checker, Hole},
    codes,
    diagnostic::{Diagnostic, Severity},
};

/// Work that the cases of all parameters may take, in parts of expressions.
const MAX_WORK: usize = 2_000_000;
/// Cases tried for one parameter.
const ATTEMPTS: u64 = 40;

/// Adds a case to each warning of a day without a value, where one is found in which something fails that
/// would not fail if the parameter had a value on that day.
pub fn show(
    checker: &Checker<'_>,
    model: &Model<'_>,
    pools: &Pools,
    plan: &Plan,
    said: &mut [Diagnostic],
) {
    let mut left = MAX_WORK;
    for hole in &checker.holes {
        let written = &checker.form.parameters[hole.parameter].parameter;
        let warning = said.iter_mut().find(|found| {
            found.code == codes::PERIODS
                && found.severity == Severity::Warning
                && found.span == written.span
        });
        let (Some(warning), Some(parameter)) = (warning, model.parameter(written.as_str())) else {
            continue;
        };
        let builder = Builder { plan, model, pools };
        warning.witness = failing(&builder, parameter, hole, &mut left);
    }
}

fn failing(
    builder: &Builder<'_, '_>,
    parameter: &Parameter,
    hole: &Hole,
    left: &mut usize,
) -> Option<crate::diagnostic::Witness> {
    let published = builder.plan.published();
    let filled = Plan::load(filled(published, parameter, hole)?).ok()?;
    let wanted = match &published.rules.rules_of {
        RulesOf::SubmissionDay => Wanted::on(hole.day),
        RulesOf::Field(path) => Wanted::answering(path, Data::text(hole.day.to_string())),
    };
    let mut readers = Vec::new();
    each_expr(&published.rules, &mut |expr| {
        let mut reads = false;
        walk::each_part(expr, &mut |part| {
            reads |= matches!(part, Expr::Parameter(id) if *id == parameter.parameter);
        });
        if reads {
            readers.push(expr.clone());
        }
    });
    let part = slice(builder.model, published, &readers)?;
    let names = Model::of(&part.rules);
    // What fails comes of the hole where it does not fail once the hole is filled.
    let failure = |case: &Case| {
        let failed = failures(builder.plan, case);
        if failed.is_empty() {
            return None;
        }
        let without = failures(&filled, case);
        failed.into_iter().find(|path| !without.contains(path))
    };
    let cost = 2 * work(&published.rules);
    let attempts = ATTEMPTS.min(u64::try_from(*left / cost).unwrap_or(ATTEMPTS));
    *left = left.saturating_sub(cost.saturating_mul(ATTEMPTS as usize));
    builder.failing(&wanted, attempts, &failure, &|case| within(&names, case))
}

/// The plan with a value of the parameter on that day.
fn filled(published: &Published, parameter: &Parameter, hole: &Hole) -> Option<Published> {
    let mut rules = published.rules.clone();
    let filled = (rules.parameters.iter_mut()).find(|p| p.parameter == parameter.parameter)?;
    let value: Literal = filled.periods.first()?.1.clone();
    let begun = |(period, _): &(Period, Literal)| period.from.is_none_or(|from| from <= hole.day);
    let at = filled
        .periods
        .iter()
        .rposition(begun)
        .map_or(0, |last| last + 1);
    let day = Period {
        from: Some(hole.day),
        to: Some(hole.day),
    };
    filled.periods.insert(at, (day, value));
    let texts = published.texts.get(rules.languages.first()?)?.clone();
    Some(Published::new(rules, vec![texts], Default::default()))
}

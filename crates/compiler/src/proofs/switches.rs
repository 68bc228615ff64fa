//! Parameters that are yes or no: switches, which have the one or the other on each day.
//!
//! What follows from how a switch stands is no mistake of a condition: the next period may turn it.

use counterfoil_engine::{
    date::Day,
    plan::{Expr, Literal, Parameter, Period, RulesOf},
};

use super::{
    implication::{Environment, FieldFacts},
    model::Model,
    walk,
};

/// A plan's rules, with how its switches stand.
pub struct Switched<'m, 'p>(pub &'m Model<'p>);

impl Environment for Switched<'_, '_> {
    fn field(&mut self, path: &str) -> Option<FieldFacts> {
        let mut model = self.0;
        model.field(path)
    }

    fn definition(&mut self, name: &Expr) -> Option<Expr> {
        let mut model = self.0;
        model.definition(name)
    }

    fn has_records(&mut self, group: &str) -> bool {
        let mut model = self.0;
        model.has_records(group)
    }

    fn consistent(&mut self, outcomes: &[(&Expr, bool)]) -> bool {
        let mut model = self.0;
        stand_so(model, outcomes) && model.consistent(outcomes)
    }
}

/// Whether there is a day on which the form is in force and the switches among the outcomes stand so.
fn stand_so(model: &Model<'_>, outcomes: &[(&Expr, bool)]) -> bool {
    let switches: Vec<(&Parameter, bool)> = outcomes
        .iter()
        .filter_map(|(expr, truth)| match expr {
            Expr::Parameter(id) => Some((model.parameter(id)?, *truth)),
            _ => None,
        })
        .collect();
    if switches.is_empty() {
        return true;
    }
    let effective = match model.rules.rules_of {
        RulesOf::SubmissionDay => model.rules.effective,
        RulesOf::Field(_) => Default::default(),
    };
    let first = effective.from.unwrap_or(Day::MIN);
    let last = effective.to.unwrap_or(Day::MAX);
    // Nothing changes but where a period begins.
    let starts = switches
        .iter()
        .flat_map(|(parameter, _)| &parameter.periods);
    let starts = starts.filter_map(|(period, _)| period.from);
    std::iter::once(first)
        .chain(starts.filter(|day| (first..=last).contains(day)))
        .any(|day| {
            switches.iter().all(|(parameter, truth)| {
                value_on(parameter, day) == Some(&Literal::Boolean(*truth))
            })
        })
}

/// The value of a parameter on a day.
fn value_on(parameter: &Parameter, day: Day) -> Option<&Literal> {
    // A period ends where the next begins.
    let begun = |(period, _): &&(Period, Literal)| period.from.is_none_or(|from| from <= day);
    let (period, value) = parameter.periods.iter().rfind(begun)?;
    period.to.is_none_or(|to| day <= to).then_some(value)
}

/// Whether a condition hangs on parameters and nothing else: it is a switch that the next period may
/// turn.
pub fn parameters_alone(model: &Model<'_>, expr: &Expr) -> bool {
    fn reads(model: &Model<'_>, expr: &Expr, depth: usize, parameter: &mut bool, other: &mut bool) {
        walk::each_part(expr, &mut |part| match part {
            Expr::Parameter(_) => *parameter = true,
            Expr::Value(path) => match model.value(path) {
                Some(definition) if depth < 8 => {
                    reads(model, definition, depth + 1, parameter, other);
                }
                _ => *other = true,
            },
            Expr::Field(_)
            | Expr::Fact(_)
            | Expr::Today
            | Expr::Fee(_)
            | Expr::Entitlement(_)
            | Expr::Rule { .. }
            | Expr::Count(_)
            | Expr::Aggregate { .. }
            | Expr::Each { .. }
            | Expr::Call { .. } => *other = true,
            _ => {}
        });
    }
    let (mut parameter, mut other) = (false, false);
    reads(model, expr, 0, &mut parameter, &mut other);
    parameter && !other
}

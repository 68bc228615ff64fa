//! What is worked out: facts and parameters, values, decisions, lines and checks.

use super::{
    super::{
        CheckNode, DecisionNode, FactNode, Key, LineNode, ParamNode, ParameterNode, Program,
        RuleNode, Step, ValueNode,
    },
    Lowered, Lowering, PARAMETERS, Scope, path,
    tables::lower_table,
    unsound,
};
use crate::plan::{Line, Param, PlanError, RulesOf, Value};

/// Where a check reports.
#[derive(Clone, Copy)]
enum At {
    Field(usize),
    Group(usize),
}

impl Lowering<'_> {
    pub(super) fn lower_constants(&mut self, program: &mut Program) -> Lowered<()> {
        let rules = self.rules;
        if let RulesOf::Field(field) = &rules.rules_of {
            match (self.fields.get(field), program.keys.get(field)) {
                (Some(place), Some(Key::Field(index))) => {
                    program.rules_of = Some(*index);
                    let step = place.step;
                    self.need(PARAMETERS, step);
                }
                _ => return unsound(format!("the plan's rules hang on `{field}`, no date field")),
            }
        }
        for fact in &rules.facts {
            let kind = self.kind(&fact.type_, Scope::last(None))?;
            program.keys.insert(&fact.fact, Key::Fact);
            program.facts.push(FactNode {
                id: fact.fact.clone(),
                slot: self.facts[&fact.fact].slot,
                kind,
            });
        }
        for parameter in &rules.parameters {
            program.parameters.push(ParameterNode {
                id: parameter.parameter.clone(),
                slot: self.parameters[&parameter.parameter].slot,
                type_: parameter.type_.clone(),
                periods: parameter.periods.clone(),
            });
        }
        for table in &rules.tables {
            program.tables.push(lower_table(table)?);
        }
        Ok(())
    }

    pub(super) fn lower_value(
        &mut self,
        value: &Value,
        group: Option<(&str, usize)>,
    ) -> Lowered<ValueNode> {
        let path = path(group.map(|(id, _)| id), &value.value);
        let place = self.values[&path];
        if let Some((_, index)) = group {
            self.need(place.step, self.group_steps[index]);
        }
        let code = self.lower(&value.expr, Scope::of(place.group, place.step))?;
        Ok(ValueNode {
            path,
            id: value.value.clone(),
            group: place.group,
            slot: place.slot,
            type_: value.type_.clone(),
            code,
        })
    }

    fn params(&mut self, params: &[Param], scope: Scope) -> Lowered<Vec<ParamNode>> {
        params
            .iter()
            .map(|param| {
                Ok(ParamNode {
                    name: param.name.clone(),
                    type_: param.type_.clone(),
                    code: self.lower(&param.expr, scope)?,
                })
            })
            .collect()
    }

    pub(super) fn lower_decisions(&mut self, program: &mut Program) -> Lowered<()> {
        for (index, decision) in self.rules.decisions.iter().enumerate() {
            let first = program.rules.len();
            for rule in &decision.rules {
                let place = self.rule_places[&decision.decision][&rule.rule];
                let scope = Scope::of(None, place.step);
                let node = RuleNode {
                    id: rule.rule.clone(),
                    decision: index,
                    slot: place.slot,
                    when: self.condition(rule.when.as_ref(), scope)?,
                    require: self.lower(&rule.require, scope)?,
                    params: self.params(&rule.params, Scope::last(None))?,
                };
                program.rules.push(node);
            }
            program.decisions.push(DecisionNode {
                id: decision.decision.clone(),
                rules: first..program.rules.len(),
            });
        }
        Ok(())
    }

    pub(super) fn lower_lines(&mut self, lines: &[Line], fees: bool) -> Lowered<Vec<LineNode>> {
        let mut nodes = Vec::with_capacity(lines.len());
        for (index, line) in lines.iter().enumerate() {
            let place = if fees {
                self.fees[index].1
            } else {
                self.entitlements[index].1
            };
            let scope = Scope {
                group: None,
                step: Some(place.step),
                lines_above: index,
                aggregates: 0,
                table: None,
            };
            let decision = |id: &String| {
                let position = self.rules.decisions.iter().position(|d| d.decision == *id);
                position.ok_or_else(|| PlanError::new(format!("the plan has no decision `{id}`")))
            };
            let decisions = line
                .decisions
                .iter()
                .map(decision)
                .collect::<Lowered<_>>()?;
            nodes.push(LineNode {
                id: line.line.clone(),
                slot: place.slot,
                when: self.condition(line.when.as_ref(), scope)?,
                amount: self.lower(&line.amount, scope)?,
                omit_zero: line.omit_zero,
                decisions,
            });
        }
        Ok(nodes)
    }

    pub(super) fn lower_checks(&mut self, program: &mut Program) -> Lowered<()> {
        for check in &self.rules.checks {
            let at = match (self.fields.get(&check.at), self.groups.get(&check.at)) {
                (Some(place), _) => match self.steps[place.step] {
                    Step::Field(index) => At::Field(index),
                    _ => {
                        return unsound(format!("the plan's check `{}` has no place", check.check));
                    }
                },
                (None, Some(group)) => At::Group(*group),
                (None, None) => {
                    return unsound(format!(
                        "the plan's check `{}` stands at `{}`, which is no field or group",
                        check.check, check.at
                    ));
                }
            };
            let group = match at {
                At::Field(field) => program.fields[field].group,
                At::Group(_) => None,
            };
            let scope = Scope::last(group);
            let index = program.checks.len();
            match at {
                At::Field(field) => program.fields[field].checks.push(index),
                At::Group(group) => program.groups[group].checks.push(index),
            }
            program.checks.push(CheckNode {
                id: check.check.clone(),
                when: self.condition(check.when.as_ref(), scope)?,
                require: self.lower(&check.require, scope)?,
                params: self.params(&check.params, scope)?,
            });
        }
        Ok(())
    }
}

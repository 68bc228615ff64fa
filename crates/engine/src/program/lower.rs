//! Lowers a published plan to a program, refusing what is unsound. The plan is untrusted.

mod calendar;
mod declare;
mod operations;
mod pages;
mod rules;
mod tables;

use std::{collections::BTreeSet, sync::Arc};

use super::{
    Automaton, Call, Key, Node, Program, Required, Step, Symbol, functions::Functions,
    order::dependency_order,
};
use crate::{
    names::Names,
    plan::{Expr, PlanError, Requirement, Rules},
};

/// Deepest nesting of an expression; keeps evaluation's use of the stack small.
const MAX_DEPTH: usize = 64;
/// Deepest nesting of aggregates: a share of each record in the sum of all needs two.
const MAX_NESTED_AGGREGATES: usize = 2;
/// Most records that a group may state; keeps a crafted plan from claiming endless work.
const MAX_RECORDS: u32 = 10_000;

/// Where a name's value stands.
#[derive(Clone, Copy)]
struct Place {
    group: Option<usize>,
    slot: usize,
    step: usize,
}

pub(super) struct Lowering<'a> {
    pub(super) rules: &'a Rules,
    steps: Vec<Step>,
    dependencies: Vec<BTreeSet<usize>>,
    fields: Names<Place>,
    values: Names<Place>,
    facts: Names<Place>,
    parameters: Names<Place>,
    groups: Names<usize>,
    /// By decision, then by rule.
    rule_places: Names<Names<Place>>,
    fees: Vec<(String, Place)>,
    entitlements: Vec<(String, Place)>,
    tables: Names<usize>,
    pub(super) functions: Functions,
    patterns: Names<Arc<Automaton>>,
    scalars: Vec<Symbol>,
    record_slots: Vec<Vec<Symbol>>,
    page_steps: Vec<usize>,
    group_steps: Vec<usize>,
}

/// Facts are known before all else; the parameters' day may hang on a field.
const FACTS: usize = 0;
const PARAMETERS: usize = 1;

/// Where an expression stands: what it may read and whose step needs it.
#[derive(Clone, Copy)]
pub(super) struct Scope {
    group: Option<usize>,
    /// The step that reads; checks and message parameters run last and have none.
    step: Option<usize>,
    /// How many of the fee and entitlement lines are above.
    lines_above: usize,
    /// Aggregates around it: each multiplies the work by its records.
    pub(super) aggregates: usize,
    /// The table whose rows are being gone through.
    table: Option<usize>,
}

impl Scope {
    const fn of(group: Option<usize>, step: usize) -> Self {
        Self {
            group,
            step: Some(step),
            lines_above: 0,
            aggregates: 0,
            table: None,
        }
    }

    pub(super) const fn last(group: Option<usize>) -> Self {
        Self {
            group,
            step: None,
            lines_above: usize::MAX,
            aggregates: 0,
            table: None,
        }
    }

    /// The same without fee and entitlement lines.
    pub(super) const fn without_lines(self) -> Self {
        Self {
            lines_above: 0,
            ..self
        }
    }

    /// The number of aggregates within each other with so many more.
    fn nested(self, more: usize) -> Lowered<usize> {
        let aggregates = self.aggregates + more;
        if aggregates > MAX_NESTED_AGGREGATES {
            return unsound(format!(
                "the plan nests more than {MAX_NESTED_AGGREGATES} aggregates"
            ));
        }
        Ok(aggregates)
    }

    /// The scope within so many more aggregates.
    pub(super) fn within(self, more: usize) -> Lowered<Self> {
        Ok(Self {
            aggregates: self.nested(more)?,
            ..self
        })
    }

    /// The scope of what is worked out once for each record or row.
    fn going_through(self) -> Lowered<Self> {
        self.within(1)
    }
}

pub(super) type Lowered<T> = Result<T, PlanError>;

pub(super) fn unsound<T>(message: String) -> Lowered<T> {
    Err(PlanError::new(message))
}

pub(crate) fn lower(rules: &Rules) -> Lowered<Program> {
    let mut lowering = Lowering::declare(rules)?;
    let mut program = lowering.program()?;
    program.order = dependency_order(&lowering.dependencies)
        .map_err(|step| {
            PlanError::new(format!(
                "the plan's {} depends on itself",
                lowering.steps[step].name()
            ))
        })?
        .into_iter()
        .map(|index| lowering.steps[index])
        .collect();
    program.scalars = lowering.scalars;
    for (group, slots) in program.groups.iter_mut().zip(lowering.record_slots) {
        group.slots = slots;
    }
    Ok(program)
}

impl<'a> Lowering<'a> {
    /// Second pass: every part with its names resolved.
    fn program(&mut self) -> Lowered<Program> {
        let rules = self.rules;
        let currency_digits = rules.currency.as_ref().map_or(2, |c| c.digits);
        if currency_digits > 4 {
            return unsound("the plan's currency has more than 4 digits".to_owned());
        }
        let mut program = Program {
            pages: Vec::new(),
            groups: Vec::new(),
            fields: Vec::new(),
            facts: Vec::new(),
            parameters: Vec::new(),
            tables: Vec::new(),
            functions: Vec::new(),
            values: Vec::new(),
            checks: Vec::new(),
            decisions: Vec::new(),
            rules: Vec::new(),
            fees: Vec::new(),
            entitlements: Vec::new(),
            rules_of: None,
            effective: rules.effective,
            leap_birthday: rules.leap_birthday,
            weekend: rules.weekend.clone(),
            currency_digits,
            order: Vec::new(),
            keys: Names::default(),
            scalars: Vec::new(),
        };
        program.functions = self.lower_functions()?;
        self.lower_pages(&mut program)?;
        self.lower_constants(&mut program)?;
        for value in &rules.values {
            let value = self.lower_value(value, None)?;
            program.keys.insert(&value.id, Key::Value);
            program.values.push(value);
        }
        self.lower_decisions(&mut program)?;
        program.fees = self.lower_lines(&rules.fees, true)?;
        program.entitlements = self.lower_lines(&rules.entitlements, false)?;
        self.lower_checks(&mut program)?;
        Ok(program)
    }

    fn need(&mut self, step: usize, needed: usize) {
        if step != needed {
            self.dependencies[step].insert(needed);
        }
    }

    fn condition(&mut self, when: Option<&Expr>, scope: Scope) -> Lowered<Option<Node>> {
        when.map(|expr| self.lower(expr, scope)).transpose()
    }

    fn requirement(&mut self, required: &Requirement, scope: Scope) -> Lowered<Required> {
        Ok(match required {
            Requirement::Always => Required::Always,
            Requirement::Never => Required::Never,
            Requirement::When(expr) => Required::When(self.lower(expr, scope)?),
        })
    }

    pub(super) fn lower(&mut self, expr: &Expr, scope: Scope) -> Lowered<Node> {
        self.expression(expr, scope, 0)
    }

    fn read(&mut self, name: &str, place: Option<Place>, scope: Scope) -> Lowered<Node> {
        let Some(place) = place else {
            return unsound(format!(
                "the plan reads `{name}`, which it does not declare"
            ));
        };
        self.note_need(place.step);
        self.read_step(name, place.step, scope)?;
        match place.group {
            None => Ok(Node::Scalar(place.slot)),
            Some(group) if scope.group == Some(group) => Ok(Node::Record(place.slot)),
            Some(_) => unsound(format!("the plan reads `{name}` outside its group")),
        }
    }

    /// Notes that what is being lowered reads the result of a step.
    pub(super) fn read_step(&mut self, name: &str, needed: usize, scope: Scope) -> Lowered<()> {
        if let Some(step) = scope.step {
            if step == needed {
                return unsound(format!("the plan's `{name}` depends on itself"));
            }
            self.need(step, needed);
        }
        Ok(())
    }

    fn line(&mut self, id: &str, fees: bool, scope: Scope) -> Lowered<Node> {
        let lines = if fees { &self.fees } else { &self.entitlements };
        let place = lines
            .iter()
            .take(scope.lines_above)
            .find(|(line, _)| line == id)
            .map(|(_, place)| *place);
        self.read(id, place, scope)
    }

    fn subtotal(&mut self, fees: bool, scope: Scope) -> Lowered<Node> {
        let lines = if fees { &self.fees } else { &self.entitlements };
        let places: Vec<_> = lines
            .iter()
            .take(scope.lines_above)
            .map(|(_, place)| *place)
            .collect();
        let nodes = places
            .into_iter()
            .map(|place| self.read("subtotal", Some(place), scope))
            .collect::<Lowered<_>>()?;
        Ok(Node::Call(Call::Add, nodes))
    }

    fn group(&mut self, id: &str, scope: Scope) -> Lowered<usize> {
        let Some(&group) = self.groups.get(id) else {
            return unsound(format!("the plan has no group `{id}`"));
        };
        self.note_need(self.group_steps[group]);
        if let Some(reader) = scope.step {
            self.need(reader, self.group_steps[group]);
        }
        Ok(group)
    }

    pub(super) fn expression(&mut self, expr: &Expr, scope: Scope, depth: usize) -> Lowered<Node> {
        if depth > MAX_DEPTH {
            return unsound(format!(
                "an expression of the plan is nested deeper than {MAX_DEPTH}"
            ));
        }
        let rules = self.rules;
        self.note_node(scope, depth)?;
        let mut sub = |expr: &Expr| self.expression(expr, scope, depth + 1);
        Ok(match expr {
            Expr::Literal(literal) => Node::Constant(literal.clone()),
            Expr::Blank => Node::Blank,
            Expr::Today => Node::Today,
            Expr::Field(name) => self.read(name, self.fields.get(name).copied(), scope)?,
            Expr::Value(name) => self.read(name, self.values.get(name).copied(), scope)?,
            Expr::Parameter(name) => self.read(name, self.parameters.get(name).copied(), scope)?,
            Expr::Fact(name) => self.read(name, self.facts.get(name).copied(), scope)?,
            Expr::Rule { decision, rule } => {
                let rules = self.rule_places.get(decision);
                let place = rules.and_then(|rules| rules.get(rule)).copied();
                self.read(rule, place, scope)?
            }
            Expr::Fee(id) => self.line(id, true, scope)?,
            Expr::FeeSubtotal => self.subtotal(true, scope)?,
            Expr::Entitlement(id) => self.line(id, false, scope)?,
            Expr::EntitlementSubtotal => self.subtotal(false, scope)?,
            Expr::Not(a) => Node::Not(Box::new(sub(a)?)),
            Expr::And(items) => Node::And(items.iter().map(sub).collect::<Lowered<_>>()?),
            Expr::Or(items) => Node::Or(items.iter().map(sub).collect::<Lowered<_>>()?),
            Expr::If {
                condition,
                then,
                otherwise,
            } => Node::If(Box::new([sub(condition)?, sub(then)?, sub(otherwise)?])),
            Expr::Compare { op, left, right } => {
                Node::Compare(*op, Box::new([sub(left)?, sub(right)?]))
            }
            Expr::OneOf { item, list } => {
                let item = Box::new(sub(item)?);
                Node::OneOf(item, list.iter().map(sub).collect::<Lowered<_>>()?)
            }
            Expr::Contains { set, item } => Node::Contains(Box::new([sub(set)?, sub(item)?])),
            Expr::Default(a, b) => Node::Default(Box::new([sub(a)?, sub(b)?])),
            Expr::Answered(a) => Node::Answered(Box::new(sub(a)?)),
            Expr::Round { mode, value, step } => Node::Round {
                mode: *mode,
                step: *step,
                value: Box::new(sub(value)?),
            },
            Expr::Aggregate { op, group, each } => {
                let group = self.group(group, scope)?;
                let scope = Scope {
                    group: Some(group),
                    ..scope.going_through()?
                };
                Node::Aggregate {
                    op: *op,
                    group,
                    each: Box::new(self.expression(each, scope, depth + 1)?),
                }
            }
            Expr::Count(group) => Node::Count(self.group(group, scope)?),
            Expr::Table {
                table,
                inputs,
                output,
            } => {
                let inputs = inputs.iter().map(sub).collect::<Lowered<Vec<_>>>()?;
                let (table, output) = self.table_call(table, &inputs, output, false)?;
                Node::Table {
                    table,
                    output,
                    inputs,
                }
            }
            Expr::Collect {
                table,
                inputs,
                output,
            } => {
                let inputs = inputs.iter().map(sub).collect::<Lowered<Vec<_>>>()?;
                let (table, output) = self.table_call(table, &inputs, output, true)?;
                Node::Collect {
                    table,
                    output,
                    inputs,
                }
            }
            Expr::OverRows {
                op,
                table,
                inputs,
                each,
            } => {
                let inputs = inputs.iter().map(sub).collect::<Lowered<Vec<_>>>()?;
                let table = self.table_of(table, &inputs, true)?;
                let scope = Scope {
                    table: Some(table),
                    ..scope.going_through()?
                };
                Node::OverRows {
                    op: *op,
                    table,
                    inputs,
                    each: Box::new(self.expression(each, scope, depth + 1)?),
                }
            }
            Expr::Column(name) => {
                let Some(table) = scope.table else {
                    return unsound(format!(
                        "the plan reads the column `{name}` where no row is at hand"
                    ));
                };
                let output = self.output(table, name)?;
                Node::Column { table, output }
            }
            Expr::Call {
                function,
                arguments,
            } => {
                let arguments = arguments.iter().map(sub).collect::<Lowered<Vec<_>>>()?;
                self.apply(function, arguments, scope, depth)?
            }
            Expr::Local(name) => self.local(name)?,
            Expr::Let { locals, result } => self.named(locals, result, scope, depth)?,
            Expr::InRange { item, range } => Node::InRange(Box::new([sub(item)?, sub(range)?])),
            Expr::ParameterOn { parameter, day } => Node::ParameterOn(
                calendar::parameter_position(rules, parameter)?,
                Box::new(sub(day)?),
            ),
            Expr::Accrue { parameter, range } => Node::Accrue(
                calendar::parameter_position(rules, parameter)?,
                Box::new(sub(range)?),
            ),
            operation => self.operation(operation, scope, depth)?,
        })
    }
}

fn path(group: Option<&str>, id: &str) -> String {
    group.map_or_else(|| id.to_owned(), |group| format!("{group}.{id}"))
}

//! Lowers a published plan to a program, refusing what is unsound. The plan is untrusted.

mod calendar;
mod operations;

use std::{collections::BTreeSet, sync::Arc};

use super::{
    Automaton, Call, CheckNode, DecisionNode, FactNode, FieldNode, GroupNode, Key, Kind, LineNode,
    Node, OptionNode, PageItems, PageNode, ParamNode, ParameterNode, Program, Required, RowNode,
    RuleNode, Step, Symbol, TableNode, Test, ValueNode, functions::Functions,
    order::dependency_order,
};
use crate::{
    names::Names,
    plan::{
        Cell, Choice, Expr, Field, FieldType, Group, HitPolicy, Line, Literal, PageContent, Param,
        PlanError, Requirement, Rules, RulesOf, Table, Value,
    },
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

/// Where a check reports.
#[derive(Clone, Copy)]
enum At {
    Field(usize),
    Group(usize),
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
    /// First pass: a step and a slot for everything that has a name.
    fn declare(rules: &'a Rules) -> Lowered<Self> {
        let mut this = Self {
            rules,
            steps: Vec::new(),
            dependencies: Vec::new(),
            fields: Names::default(),
            values: Names::default(),
            facts: Names::default(),
            parameters: Names::default(),
            groups: Names::default(),
            rule_places: Names::default(),
            fees: Vec::new(),
            entitlements: Vec::new(),
            tables: Names::default(),
            functions: Functions::default(),
            patterns: Names::default(),
            scalars: Vec::new(),
            record_slots: Vec::new(),
            page_steps: Vec::new(),
            group_steps: Vec::new(),
        };
        this.step(Step::Facts);
        this.step(Step::Parameters);
        for (page, node) in rules.pages.iter().enumerate() {
            let step = this.step(Step::Page(page));
            this.page_steps.push(step);
            match &node.content {
                PageContent::Fields(fields) => {
                    for field in fields {
                        this.declare_field(&field.field, None);
                    }
                }
                PageContent::Group(group) => this.declare_group(group)?,
            }
        }
        for (index, fact) in rules.facts.iter().enumerate() {
            let place = this.place(None, FACTS, Symbol::Fact(index));
            this.facts.insert(&fact.fact, place);
        }
        for (index, parameter) in rules.parameters.iter().enumerate() {
            let place = this.place(None, PARAMETERS, Symbol::Parameter(index));
            this.parameters.insert(&parameter.parameter, place);
        }
        for value in &rules.values {
            this.declare_value(&value.value, None);
        }
        let mut rule_index = 0;
        for decision in &rules.decisions {
            let mut places = Names::default();
            for rule in &decision.rules {
                let step = this.step(Step::Rule(rule_index));
                let place = this.place(None, step, Symbol::Rule(rule_index));
                places.insert(&rule.rule, place);
                rule_index += 1;
            }
            this.rule_places.insert(&decision.decision, places);
        }
        for (index, line) in rules.fees.iter().enumerate() {
            let step = this.step(Step::Fee(index));
            let place = this.place(None, step, Symbol::Fee(index));
            this.fees.push((line.line.clone(), place));
        }
        for (index, line) in rules.entitlements.iter().enumerate() {
            let step = this.step(Step::Entitlement(index));
            let place = this.place(None, step, Symbol::Entitlement(index));
            this.entitlements.push((line.line.clone(), place));
        }
        for (index, table) in rules.tables.iter().enumerate() {
            this.tables.insert(&table.table, index);
        }
        for (name, pattern) in &rules.patterns {
            let automaton = Automaton::load(name, pattern)?;
            this.patterns.insert(name, Arc::new(automaton));
        }
        this.refuse_repeated_names()?;
        Ok(this)
    }

    fn refuse_repeated_names(&self) -> Lowered<()> {
        let rules = self.rules;
        let declared = rules.facts.len() + rules.parameters.len() + rules.tables.len();
        let unique = self.facts.len() + self.parameters.len() + self.tables.len();
        let slots = self.scalars.len() + self.record_slots.iter().map(Vec::len).sum::<usize>();
        let places = self.fields.len()
            + self.values.len()
            + self.facts.len()
            + self.parameters.len()
            + self
                .rule_places
                .iter()
                .map(|(_, rules)| rules.len())
                .sum::<usize>()
            + self.fees.len()
            + self.entitlements.len();
        if declared != unique || slots != places || self.groups.len() != self.record_slots.len() {
            return unsound("the plan declares a name twice".to_owned());
        }
        Ok(())
    }

    fn step(&mut self, step: Step) -> usize {
        self.steps.push(step);
        self.dependencies.push(BTreeSet::new());
        self.steps.len() - 1
    }

    fn place(&mut self, group: Option<usize>, step: usize, symbol: Symbol) -> Place {
        let slots = match group {
            Some(group) => &mut self.record_slots[group],
            None => &mut self.scalars,
        };
        slots.push(symbol);
        Place {
            group,
            slot: slots.len() - 1,
            step,
        }
    }

    fn declare_group(&mut self, group: &Group) -> Lowered<()> {
        if group.max > MAX_RECORDS || group.min > group.max {
            return unsound(format!(
                "the plan's group `{}` must allow between its minimum and {MAX_RECORDS} records",
                group.group
            ));
        }
        let index = self.record_slots.len();
        self.record_slots.push(Vec::new());
        let step = self.step(Step::Group(index));
        self.group_steps.push(step);
        self.groups.insert(&group.group, index);
        for field in &group.fields {
            self.declare_field(&field.field, Some((&group.group, index)));
        }
        for value in &group.values {
            self.declare_value(&value.value, Some((&group.group, index)));
        }
        Ok(())
    }

    fn declare_field(&mut self, id: &str, group: Option<(&str, usize)>) {
        let index = self.fields.len();
        let step = self.step(Step::Field(index));
        let place = self.place(group.map(|(_, index)| index), step, Symbol::Field(index));
        self.fields
            .insert(&path(group.map(|(id, _)| id), id), place);
    }

    fn declare_value(&mut self, id: &str, group: Option<(&str, usize)>) {
        let index = self.values.len();
        let step = self.step(Step::Value(index));
        let place = self.place(group.map(|(_, index)| index), step, Symbol::Value(index));
        self.values
            .insert(&path(group.map(|(id, _)| id), id), place);
    }

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

    fn lower_pages(&mut self, program: &mut Program) -> Lowered<()> {
        for (index, page) in self.rules.pages.iter().enumerate() {
            let step = self.page_steps[index];
            let when = self.condition(page.when.as_ref(), Scope::of(None, step))?;
            let start = program.fields.len();
            let items = match &page.content {
                PageContent::Fields(fields) => {
                    for field in fields {
                        program
                            .keys
                            .insert(&field.field, Key::Field(program.fields.len()));
                        let field = self.lower_field(field, index, None)?;
                        program.fields.push(field);
                    }
                    PageItems::Fields(start..program.fields.len())
                }
                PageContent::Group(group) => {
                    self.lower_group(group, index, program)?;
                    PageItems::Group(program.groups.len() - 1)
                }
            };
            program.pages.push(PageNode { when, items });
        }
        Ok(())
    }

    fn lower_group(&mut self, group: &Group, page: usize, program: &mut Program) -> Lowered<()> {
        let index = program.groups.len();
        let step = self.group_steps[index];
        self.need(step, self.page_steps[page]);
        let scope = Scope::of(None, step);
        let when = self.condition(group.when.as_ref(), scope)?;
        let required = self.requirement(&group.required, scope)?;
        let (first_field, first_value) = (program.fields.len(), program.values.len());
        let mut keys = Names::default();
        for field in &group.fields {
            keys.insert(&field.field, Key::Field(program.fields.len()));
            let field = self.lower_field(field, page, Some((&group.group, index)))?;
            program.fields.push(field);
        }
        for value in &group.values {
            keys.insert(&value.value, Key::Value);
            let value = self.lower_value(value, Some((&group.group, index)))?;
            program.values.push(value);
        }
        program.keys.insert(&group.group, Key::Group(index));
        program.groups.push(GroupNode {
            id: group.group.clone(),
            page,
            when,
            required,
            min: group.min,
            max: group.max,
            fields: first_field..program.fields.len(),
            values: first_value..program.values.len(),
            keys,
            slots: Vec::new(),
            checks: Vec::new(),
        });
        Ok(())
    }

    fn lower_field(
        &mut self,
        field: &Field,
        page: usize,
        group: Option<(&str, usize)>,
    ) -> Lowered<FieldNode> {
        let path = path(group.map(|(id, _)| id), &field.field);
        let place = self.fields[&path];
        self.need(place.step, self.page_steps[page]);
        if let Some((_, index)) = group {
            self.need(place.step, self.group_steps[index]);
        }
        let scope = Scope::of(place.group, place.step);
        Ok(FieldNode {
            when: self.condition(field.when.as_ref(), scope)?,
            required: self.requirement(&field.required, scope)?,
            kind: self.kind(&field.type_, scope)?,
            id: field.field.clone(),
            page,
            group: place.group,
            slot: place.slot,
            checks: Vec::new(),
            path,
        })
    }

    fn kind(&mut self, type_: &FieldType, scope: Scope) -> Lowered<Kind> {
        let digits = self.rules.currency.as_ref().map_or(2, |c| c.digits);
        Ok(match type_ {
            FieldType::Boolean { accepted } => Kind::Boolean {
                accepted: *accepted,
            },
            FieldType::Integer { min, max } => Kind::Number {
                integer: true,
                money: false,
                scale: 0,
                min: *min,
                max: *max,
            },
            FieldType::Decimal { scale, min, max } => Kind::Number {
                integer: false,
                money: false,
                scale: *scale,
                min: *min,
                max: *max,
            },
            FieldType::Money { min, max } => Kind::Number {
                integer: false,
                money: true,
                scale: digits,
                min: *min,
                max: *max,
            },
            FieldType::Text {
                min_length,
                max_length,
                pattern,
                format,
            } => Kind::Text {
                min_length: *min_length,
                max_length: *max_length,
                pattern: pattern
                    .as_deref()
                    .map(|name| self.automaton(name))
                    .transpose()?,
                format: match format {
                    Some(format) => Some((format.format.clone(), self.automaton(&format.pattern)?)),
                    None => None,
                },
            },
            FieldType::Date { min, max } => Kind::Date {
                min: *min,
                max: *max,
            },
            FieldType::Duration { unit, min, max } => Kind::Duration {
                unit: *unit,
                min: *min,
                max: *max,
            },
            FieldType::DateRange { min, max } => Kind::DateRange {
                min: *min,
                max: *max,
            },
            FieldType::Choice { options } => Kind::Choice(self.options(options, scope)?),
            FieldType::Set { options } => Kind::Set(self.options(options, scope)?),
        })
    }

    fn automaton(&self, name: &str) -> Lowered<Arc<Automaton>> {
        match self.patterns.get(name) {
            Some(automaton) => Ok(Arc::clone(automaton)),
            None => unsound(format!("the plan has no pattern `{name}`")),
        }
    }

    fn options(&mut self, options: &[Choice], scope: Scope) -> Lowered<Vec<OptionNode>> {
        options
            .iter()
            .map(|option| {
                Ok(OptionNode {
                    id: option.option.clone(),
                    when: self.condition(option.when.as_ref(), scope)?,
                })
            })
            .collect()
    }

    fn lower_constants(&mut self, program: &mut Program) -> Lowered<()> {
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

    fn lower_value(&mut self, value: &Value, group: Option<(&str, usize)>) -> Lowered<ValueNode> {
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

    fn lower_decisions(&mut self, program: &mut Program) -> Lowered<()> {
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

    fn lower_lines(&mut self, lines: &[Line], fees: bool) -> Lowered<Vec<LineNode>> {
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

    fn lower_checks(&mut self, program: &mut Program) -> Lowered<()> {
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

    /// The table and output of a look-up.
    fn table_call(
        &self,
        table: &str,
        inputs: &[Node],
        output: &str,
        collect: bool,
    ) -> Lowered<(usize, usize)> {
        let table = self.table_of(table, inputs, collect)?;
        Ok((table, self.output(table, output)?))
    }

    /// The table that takes so many inputs, and gives a list or one row as wanted.
    fn table_of(&self, table: &str, inputs: &[Node], collect: bool) -> Lowered<usize> {
        let Some(&index) = self.tables.get(table) else {
            return unsound(format!("the plan has no table `{table}`"));
        };
        let declared = &self.rules.tables[index];
        if inputs.len() != declared.inputs.len() {
            return unsound(format!(
                "the plan calls the table `{table}` with the wrong columns"
            ));
        }
        if (declared.hit == HitPolicy::Collect) != collect {
            return unsound(format!(
                "the plan mistakes a list for one row at the table `{table}`"
            ));
        }
        Ok(index)
    }

    fn output(&self, table: usize, output: &str) -> Lowered<usize> {
        let declared = &self.rules.tables[table];
        let position = declared
            .outputs
            .iter()
            .position(|column| column.name == output);
        match position {
            Some(output) => Ok(output),
            None => unsound(format!(
                "the plan's table `{}` has no output `{output}`",
                declared.table
            )),
        }
    }
}

fn path(group: Option<&str>, id: &str) -> String {
    group.map_or_else(|| id.to_owned(), |group| format!("{group}.{id}"))
}

fn lower_table(table: &Table) -> Lowered<TableNode> {
    let marginal = table.hit == HitPolicy::Marginal;
    if marginal && (table.inputs.len() != 1 || table.outputs.len() != 1) {
        return unsound(format!(
            "the plan's marginal table `{}` must have one input and one output",
            table.table
        ));
    }
    let mut rows = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        let sound = row.when.len() == table.inputs.len()
            && row.then.len() == table.outputs.len()
            && (!marginal || is_band(&row.when[0]));
        if !sound {
            return unsound(format!(
                "a row of the plan's table `{}` does not fit its columns",
                table.table
            ));
        }
        rows.push(RowNode {
            when: row
                .when
                .iter()
                .map(|cells| cells.iter().map(lower_cell).collect())
                .collect(),
            then: row.then.clone(),
        });
    }
    Ok(TableNode {
        id: table.table.clone(),
        hit: table.hit,
        outputs: table
            .outputs
            .iter()
            .map(|column| column.type_.clone())
            .collect(),
        rows,
    })
}

/// A marginal band is one range of numbers, or any number.
fn is_band(cells: &[Cell]) -> bool {
    let number = |end: &Option<Literal>| matches!(end, None | Some(Literal::Number(_)));
    match cells {
        [] => true,
        [Cell::Range { from, to, .. }] => number(from) && number(to),
        _ => false,
    }
}

fn lower_cell(cell: &Cell) -> Test {
    match cell.clone() {
        Cell::Blank => Test::Blank,
        Cell::Equal(literal) => Test::Equal(literal),
        Cell::Range {
            from,
            after,
            to,
            before,
        } => Test::Range {
            from,
            after,
            to,
            before,
        },
    }
}
